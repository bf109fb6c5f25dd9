<?php
/**
 * The block, its script, and the page that shows it in the editor.
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

/**
 * Registers the loader and the block.
 */
function register_block() {
	wp_register_script(
		'consult-ready',
		loader_url(),
		array(),
		VERSION,
		array(
			'in_footer' => true,
			'strategy'  => 'async',
		)
	);
	wp_register_script( 'consult-ready-editor', plugins_url( 'block/editor.js', FILE ), array( 'wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components' ), VERSION, true );
	wp_add_inline_script( 'consult-ready-editor', 'window.consultReadyEditor = ' . wp_json_encode( editor_data(), JSON_HEX_TAG ) . ';', 'before' );
	register_block_type( dirname( FILE ) . '/block', array( 'render_callback' => __NAMESPACE__ . '\render_block' ) );
}

/**
 * What the editor's script says and shows. From here, so that there is one file of translations.
 *
 * @return array
 */
function editor_data() {
	return array(
		'preview'  => add_query_arg( ROUTE, 'preview', home_url( '/' ) ),
		'settings' => current_user_can( 'manage_options' ) ? settings_page_url() : '',
		'words'    => array(
			'preview'  => __( 'Preview of Consult Ready', 'consult-ready' ),
			'panel'    => __( 'On this page', 'consult-ready' ),
			'height'   => __( 'Height in pixels', 'consult-ready' ),
			'link'     => __( 'Show a link instead of the tool', 'consult-ready' ),
			'settings' => __( 'Name, phone, colors and languages', 'consult-ready' ),
		),
	);
}

/**
 * The block in a page.
 *
 * @param array $attributes As set in the editor.
 * @return string
 */
function render_block( $attributes ) {
	$inner = embed(
		array(
			'height' => isset( $attributes['height'] ) ? $attributes['height'] : '',
			'mode'   => empty( $attributes['link'] ) ? '' : 'link',
		)
	);
	return '' === $inner ? '' : '<div ' . get_block_wrapper_attributes() . '>' . $inner . '</div>';
}

/**
 * A page with the tool alone, for a frame in the editor. Only for people who may edit.
 */
function serve_preview() {
	if ( 'preview' !== asked_for() ) {
		return;
	}
	if ( ! current_user_can( 'edit_posts' ) ) {
		wp_die( esc_html__( 'You may not see this.', 'consult-ready' ), '', array( 'response' => 403 ) );
	}
	$link = isset( $_GET['link'] ); // phpcs:ignore WordPress.Security.NonceVerification
	nocache_headers();
	header( 'Content-Type: text/html; charset=utf-8' );
	header( 'X-Frame-Options: SAMEORIGIN' );
	header( 'X-Robots-Tag: noindex' );
	echo '<!doctype html><html lang="' . esc_attr( str_replace( '_', '-', determine_locale() ) ) . '"><head><meta charset="utf-8">'
		. '<meta name="viewport" content="width=device-width"><title>' . esc_html__( 'Preview of Consult Ready', 'consult-ready' ) . '</title>'
		. '<style>body{margin:0;font:16px/1.5 system-ui,sans-serif}body>a{display:inline-block;margin:12px}</style></head><body>';
	// All of this is escaped where it is made.
	echo is_set_up() ? ( $link ? link_to( tool_url() ) : tool_element( array( 'height' => '640' ) ) ) : hint(); // phpcs:ignore WordPress.Security.EscapeOutput
	wp_print_scripts( 'consult-ready' );
	echo '</body></html>';
	exit;
}
