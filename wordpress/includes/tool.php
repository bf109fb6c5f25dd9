<?php
/**
 * Serves the tool's one file with the headers that keep it apart from this site.
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

const ROUTE = 'consult-ready';

/**
 * Address of the tool. It changes with the plugin's version and with the settings, so that browsers may keep it.
 *
 * @param string $what `tool` with the clinic's settings in it, `plain` without them.
 * @return string
 */
function tool_url( $what = 'tool' ) {
	$mark = 'tool' === $what ? substr( md5( (string) wp_json_encode( settings() ) ), 0, 8 ) : 'plain';
	return add_query_arg(
		array(
			ROUTE => $what,
			'v'   => VERSION . '-' . $mark,
		),
		home_url( '/' )
	);
}

/**
 * Address of the loader.
 *
 * @return string
 */
function loader_url() {
	return plugins_url( 'tool/consult-ready.js', FILE );
}

/**
 * What this request asks of the plugin: `tool`, `plain`, `preview`, or nothing.
 *
 * @return string
 */
function asked_for() {
	// The route only reads, so it needs no nonce.
	return isset( $_GET[ ROUTE ] ) && is_string( $_GET[ ROUTE ] ) ? sanitize_key( $_GET[ ROUTE ] ) : ''; // phpcs:ignore WordPress.Security.NonceVerification
}

/**
 * Answers requests for the tool, before WordPress looks for a page.
 */
function serve_tool() {
	if ( 'tool' === asked_for() ) {
		send_tool( with_settings( tool(), settings() ) );
	}
	if ( 'plain' === asked_for() ) {
		send_tool( tool() );
	}
}

/**
 * The file as it was released. Its name on the disk does not end in `.html`, so that a web server that is asked for it
 * directly does not serve it as a page of this site, where scripts of this site could read it.
 *
 * @return string
 */
function tool() {
	return (string) file_get_contents( dirname( FILE ) . '/tool/consult-ready.html.txt' ); // phpcs:ignore WordPress.WP.AlternativeFunctions
}

/**
 * Sends the file and ends the request.
 *
 * @param string $html The file.
 */
function send_tool( $html ) {
	defined( 'DONOTCACHEPAGE' ) || define( 'DONOTCACHEPAGE', true );
	while ( ob_get_level() > 0 ) {
		ob_end_clean();
	}
	foreach ( array( 'X-Frame-Options', 'Content-Security-Policy-Report-Only', 'Set-Cookie', 'Pragma', 'Expires', 'Link' ) as $name ) {
		header_remove( $name );
	}
	status_header( 200 );
	foreach ( tool_headers() as $name => $value ) {
		header( $name . ': ' . $value, true );
	}
	$asked  = isset( $_SERVER['HTTP_ACCEPT_ENCODING'] ) ? (string) $_SERVER['HTTP_ACCEPT_ENCODING'] : ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput
	$packed = function_exists( 'gzencode' ) && ! ini_get( 'zlib.output_compression' ) && preg_match( '/\bgzip\b/', $asked ) ? gzencode( $html, 6 ) : false;
	if ( false !== $packed ) {
		header( 'Content-Encoding: gzip' );
		$html = $packed;
	}
	header( 'Content-Length: ' . strlen( $html ) );
	// The file is the tool's own page, whole; texts of the clinic were escaped when they were put into it.
	echo $html; // phpcs:ignore WordPress.Security.EscapeOutput
	exit;
}

/**
 * The headers of the file. The sandbox gives it an origin of its own also where it is opened in a tab.
 *
 * @return array
 */
function tool_headers() {
	$data = data();
	return array(
		'Content-Type'                 => 'text/html; charset=utf-8',
		'Content-Security-Policy'      => $data['policy'],
		'X-Content-Type-Options'       => 'nosniff',
		'Referrer-Policy'              => 'no-referrer',
		'X-Robots-Tag'                 => 'noindex',
		'Cross-Origin-Resource-Policy' => 'cross-origin',
		'Cross-Origin-Embedder-Policy' => 'require-corp',
		'Vary'                         => 'Accept-Encoding',
		'Cache-Control'                => 'public, max-age=31536000, immutable',
	);
}

/**
 * Writes settings into the file, at the places where the set-up page writes them.
 *
 * @param string $file     The file as released.
 * @param array  $settings Texts by name.
 * @return string
 */
function with_settings( $file, $settings ) {
	$data  = data();
	$parts = array_filter( array( $settings['clinic'] ?? '', $settings['phone'] ?? '', $settings['afterHours'] ?? '' ), 'strlen' );
	$line  = implode( ' · ', $parts );
	$file  = put( $file, $data['places']['help'], region( $settings )['help'] ?? '' );
	$file  = put( $file, $data['places']['clinic'], '' === $line ? '' : '<strong>' . escape( $line ) . '</strong>' );
	$json  = wp_json_encode( (object) $settings, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
	// No `<`, so that a text can't end the block it stands in.
	return put( $file, $data['places']['settings'], str_replace( '<', '\u003c', (string) $json ) );
}

/**
 * Puts a text into an empty element of the file.
 *
 * @param string $file  The file.
 * @param array  $place Start and end of the element as they stand in the file.
 * @param string $text  What goes between them.
 * @return string
 */
function put( $file, $place, $text ) {
	$at = strpos( $file, $place['empty'] );
	return false === $at ? $file : substr_replace( $file, $place['start'] . $text . $place['end'], $at, strlen( $place['empty'] ) );
}

/**
 * Text as HTML, as the tool writes it.
 *
 * @param string $text A text.
 * @return string
 */
function escape( $text ) {
	return str_replace( array( '&', '<', '>', '"' ), array( '&amp;', '&lt;', '&gt;', '&quot;' ), $text );
}

/**
 * The region whose crisis lines come first.
 *
 * @param array $settings Texts by name.
 * @return array Empty if none is set.
 */
function region( $settings ) {
	foreach ( data_list( 'regions' ) as $region ) {
		if ( isset( $settings['region'] ) && $region['id'] === $settings['region'] ) {
			return $region;
		}
	}
	return array();
}
