<?php
/**
 * The settings page.
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_menu', __NAMESPACE__ . '\add_page' );
add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );
add_action( 'admin_notices', __NAMESPACE__ . '\print_notice' );
add_action( 'admin_enqueue_scripts', __NAMESPACE__ . '\add_page_files' );
add_action( 'admin_post_consult_ready_page', __NAMESPACE__ . '\make_page' );
add_filter( 'plugin_action_links_' . plugin_basename( FILE ), __NAMESPACE__ . '\add_link' );

/**
 * Puts the page under Settings.
 */
function add_page() {
	add_options_page( 'Consult Ready', 'Consult Ready', 'manage_options', 'consult-ready', __NAMESPACE__ . '\print_page' );
}

/**
 * A link to the page in the list of plugins.
 *
 * @param string[] $links Those that are there.
 * @return string[]
 */
function add_link( $links ) {
	array_unshift( $links, '<a href="' . esc_url( settings_page_url() ) . '">' . esc_html__( 'Settings', 'consult-ready' ) . '</a>' );
	return $links;
}

/**
 * Says after activation what is still to do.
 */
function print_notice() {
	$screen = get_current_screen();
	if ( is_set_up() || ! current_user_can( 'manage_options' ) || ! $screen || ! in_array( $screen->id, array( 'plugins', 'dashboard' ), true ) ) {
		return;
	}
	echo '<div class="notice notice-info"><p>' . esc_html__( 'Consult Ready is active. One thing is left:', 'consult-ready' )
		. ' <a href="' . esc_url( settings_page_url() ) . '">' . esc_html__( 'Enter your clinic’s name, phone and region.', 'consult-ready' ) . '</a></p></div>';
}

/**
 * Tells WordPress about the option and its fields. WordPress checks the nonce and the right to change it.
 */
function register_settings() {
	register_setting(
		'consult-ready',
		OPTION,
		array(
			'type'              => 'array',
			'default'           => array(),
			'sanitize_callback' => __NAMESPACE__ . '\sanitize',
			'show_in_rest'      => false,
		)
	);
	$values   = settings();
	$labels   = labels();
	$left     = array_column( data_list( 'settings' ), null, 'name' );
	$sections = sections();
	$placed   = array_merge( ...array_values( $sections ) );
	// What the tool has learned since this page was written.
	$sections[ __( 'More', 'consult-ready' ) ] = array_values( array_diff( array_keys( $left ), $placed ) );
	foreach ( $sections as $title => $names ) {
		$id = 'consult-ready-' . sanitize_title( $title );
		if ( $names ) {
			add_settings_section( $id, $title, '__return_null', 'consult-ready' );
		}
		foreach ( $names as $name ) {
			if ( isset( $left[ $name ] ) ) {
				$arguments = array(
					'setting' => $left[ $name ],
					'value'   => $values[ $name ] ?? '',
				);
				if ( ! in_array( $left[ $name ]['kind'], array( 'some', 'colours' ), true ) ) {
					$arguments['label_for'] = 'consult-ready-' . $name;
				}
				add_settings_field( $name, esc_html( $labels[ $name ][0] ?? $name ), __NAMESPACE__ . '\print_field', 'consult-ready', $id, $arguments );
			}
		}
	}
}

/**
 * Checks what the form sent. A value that can't be used is named, and the one before stays.
 *
 * @param mixed $sent What the form sent, without slashes.
 * @return array
 */
function sanitize( $sent ) {
	$before = settings();
	if ( ! is_array( $sent ) ) {
		return $before;
	}
	$checked = check_settings( as_texts( $sent ) );
	$labels  = labels();
	foreach ( data_list( 'settings' ) as $setting ) {
		$name = $setting['name'];
		if ( ! isset( $checked['bad'][ $name ] ) ) {
			continue;
		}
		if ( isset( $before[ $name ] ) ) {
			$checked['good'][ $name ] = $before[ $name ];
		}
		$label = $labels[ $name ][0] ?? $name;
		add_settings_error( OPTION, 'consult-ready-' . $name, esc_html( $label . ': ' . wanted( $setting, $checked['bad'][ $name ] ) ) );
	}
	return $checked['good'];
}

/**
 * The form's lists as the texts that the tool reads. A text stays as it is.
 *
 * @param array $sent What the form sent.
 * @return string[]
 */
function as_texts( $sent ) {
	$texts = array();
	foreach ( data_list( 'settings' ) as $setting ) {
		$value = $sent[ $setting['name'] ] ?? '';
		if ( is_array( $value ) ) {
			$value = 'colours' === $setting['kind'] ? colours_text( $value ) : implode( ' ', array_filter( $value, 'is_string' ) );
		}
		$texts[ $setting['name'] ] = is_string( $value ) ? $value : '';
	}
	return $texts;
}

/**
 * The colours that are ticked, by their places; those between them are left to the tool.
 *
 * @param array $sent Colours by place, and `on` with the ticks.
 * @return string
 */
function colours_text( $sent ) {
	$on  = isset( $sent['on'] ) && is_array( $sent['on'] ) ? $sent['on'] : array();
	$all = array();
	for ( $i = 0; $i < 5; $i++ ) {
		$all[] = empty( $on[ $i ] ) || ! isset( $sent[ $i ] ) || ! is_string( $sent[ $i ] ) ? 'auto' : $sent[ $i ];
	}
	while ( $all && 'auto' === end( $all ) ) {
		array_pop( $all );
	}
	return implode( ' ', $all );
}

/**
 * Script and style, on this page alone.
 *
 * @param string $hook The page's name.
 */
function add_page_files( $hook ) {
	if ( 'settings_page_consult-ready' !== $hook ) {
		return;
	}
	wp_enqueue_style( 'consult-ready-page', plugins_url( 'admin/page.css', FILE ), array(), VERSION );
	wp_enqueue_script( 'consult-ready-page', plugins_url( 'admin/page.js', FILE ), array(), VERSION, array( 'in_footer' => true ) );
	wp_enqueue_script( 'consult-ready' );
	$words = array(
		/* translators: %s: a ratio such as 4.5. */
		'contrast' => __( '%s to 1 against white.', 'consult-ready' ),
		'moved'    => __( 'Where text needs 4.5 to 1, the tool uses the nearest shade that can be read.', 'consult-ready' ),
	);
	$data  = array(
		'option' => OPTION,
		'tool'   => tool_url( 'plain' ),
		'list'   => array_map(
			function ( $setting ) {
				return array( $setting['name'], $setting['attribute'] );
			},
			data_list( 'settings' )
		),
		'words'  => $words,
	);
	wp_add_inline_script( 'consult-ready-page', 'window.consultReadyPage = ' . wp_json_encode( $data, JSON_HEX_TAG ) . ';', 'before' );
}

/**
 * Prints the page.
 */
function print_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap consult-ready"><h1>Consult Ready</h1>';
	print_doubts( settings() );
	echo '<div class="consult-ready-columns"><form action="options.php" method="post">';
	settings_fields( 'consult-ready' );
	do_settings_sections( 'consult-ready' );
	submit_button();
	echo '</form><div class="consult-ready-beside"><h2>' . esc_html__( 'Preview', 'consult-ready' ) . '</h2><p>'
		. esc_html__( 'This is the tool itself, with what the form says now. Nothing that is entered in it is sent or kept.', 'consult-ready' )
		. '</p><div id="consult-ready-preview"></div><h2>' . esc_html__( 'Put it on a page', 'consult-ready' ) . '</h2>';
	print_page_form();
	echo '<p>' . esc_html__( 'On a page that you have already: add the block “Consult Ready”, or write this where it should stand:', 'consult-ready' )
		. ' <code>[consult_ready]</code></p></div></div></div>';
}

/**
 * The button that makes a page.
 */
function print_page_form() {
	if ( ! is_set_up() || ! current_user_can( 'edit_pages' ) ) {
		return;
	}
	echo '<form action="' . esc_url( admin_url( 'admin-post.php' ) ) . '" method="post"><input type="hidden" name="action" value="consult_ready_page">';
	wp_nonce_field( 'consult_ready_page' );
	echo '<p><button class="button button-secondary">' . esc_html__( 'Make a page with it', 'consult-ready' ) . '</button> '
		. esc_html__( 'A draft, which nobody sees until you publish it.', 'consult-ready' ) . '</p></form>';
}

/**
 * Makes a draft with the block in it, and opens it.
 */
function make_page() {
	check_admin_referer( 'consult_ready_page' );
	if ( ! current_user_can( 'edit_pages' ) ) {
		wp_die( esc_html__( 'You may not do this.', 'consult-ready' ), '', array( 'response' => 403 ) );
	}
	$page = wp_insert_post(
		array(
			'post_type'    => 'page',
			'post_status'  => 'draft',
			'post_title'   => __( 'Get ready for your first talk', 'consult-ready' ),
			'post_content' => '<!-- wp:consult-ready/tool /-->',
		)
	);
	$link = $page ? get_edit_post_link( $page, 'raw' ) : '';
	wp_safe_redirect( $link ? $link : settings_page_url() );
	exit;
}
