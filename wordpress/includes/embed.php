<?php
/**
 * What stands in a page: the tool, or a link to it where a page shows whole posts in a list.
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

/**
 * The shortcode `[consult_ready height="800" mode="link"]`.
 *
 * @param array|string $attributes As written by an author.
 * @return string
 */
function shortcode( $attributes ) {
	return embed( shortcode_atts( array( 'height' => '', 'mode' => '' ), $attributes, 'consult_ready' ) );
}

/**
 * The tool in a page. An author chooses its height, or a link; everything else comes from the settings page.
 *
 * @param array $options `height` in pixels, `mode` as `link` or empty.
 * @return string
 */
function embed( $options ) {
	if ( ! is_set_up() ) {
		return hint();
	}
	if ( is_feed() || in_a_list() ) {
		return link_to( in_the_loop() || is_feed() ? (string) get_permalink() : tool_url() );
	}
	if ( isset( $options['mode'] ) && 'link' === $options['mode'] ) {
		return link_to( tool_url() );
	}
	return tool_element( $options );
}

/**
 * The element and its loader.
 *
 * @param array $options As for {@see embed()}.
 * @return string
 */
function tool_element( $options ) {
	wp_enqueue_script( 'consult-ready' );
	$attributes = '';
	foreach ( attributes( isset( $options['height'] ) ? $options['height'] : '' ) as $name => $value ) {
		// Not esc_attr(), which leaves an "&amp;" that somebody typed as it is, so that the tool would read another text.
		$attributes .= ' ' . $name . '="' . escape( (string) $value ) . '"';
	}
	return '<consult-ready' . $attributes . '>' . fallback() . '</consult-ready>';
}

/**
 * The element's attributes. Settings stand in the file itself; what the loader draws outside of it is repeated here.
 *
 * @param mixed $height As an author wrote it.
 * @return array
 */
function attributes( $height ) {
	$settings   = settings();
	$attributes = array( 'src' => tool_url() );
	foreach ( data_list( 'settings' ) as $setting ) {
		// A picture of 45 kB, or 20 kB of questions, in every page is not worth a second copy.
		if ( ! in_array( $setting['kind'], array( 'image', 'questions' ), true ) && isset( $settings[ $setting['name'] ] ) ) {
			$attributes[ $setting['attribute'] ] = $settings[ $setting['name'] ];
		}
	}
	if ( is_scalar( $height ) && preg_match( '/^[0-9]{3,4}$/D', (string) $height ) ) {
		$attributes['height'] = min( max( (int) $height, 400 ), 2000 );
	}
	return $attributes;
}

/**
 * What is seen until the tool is there, and where it can't come. No paragraph, since it may stand in one.
 *
 * @return string
 */
function fallback() {
	$settings = settings();
	$out      = '';
	if ( isset( $settings['phone'] ) ) {
		$call = '<a href="tel:' . esc_attr( preg_replace( '/[^0-9+]/', '', $settings['phone'] ) ) . '">' . esc_html( $settings['phone'] ) . '</a>';
		/* translators: %s: a phone number. */
		$out .= '<span>' . sprintf( esc_html__( 'Call us: %s', 'consult-ready' ), $call ) . '</span> ';
	}
	$out .= '<span>' . wp_kses( in_language( region( $settings )['lines'] ), array( 'strong' => array(), 'a' => array( 'href' => true ) ), array( 'tel', 'https' ) ) . '</span>';
	return $out . '<noscript> ' . link_to( tool_url() ) . '</noscript>';
}

/**
 * A link with the tool's title.
 *
 * @param string $url Where it leads.
 * @return string
 */
function link_to( $url ) {
	return '<a class="consult-ready-link" href="' . esc_url( $url ) . '">' . esc_html__( 'Get ready for your first talk with the clinic', 'consult-ready' ) . '</a>';
}

/**
 * Whether this is a list of whole posts: an archive, a search, the posts page, or a list of other posts in a page.
 *
 * @return bool
 */
function in_a_list() {
	if ( ! is_singular() ) {
		return true;
	}
	return in_the_loop() && get_the_ID() !== get_queried_object_id();
}

/**
 * What stands in place of the tool until a region is set: visitors see nothing, who may change that is told so.
 *
 * @return string
 */
function hint() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return '';
	}
	return '<a href="' . esc_url( settings_page_url() ) . '">' . esc_html__( 'Consult Ready is not shown yet: choose whose crisis lines come first.', 'consult-ready' ) . '</a>';
}

/**
 * Address of the settings page.
 *
 * @return string
 */
function settings_page_url() {
	return admin_url( 'options-general.php?page=consult-ready' );
}
