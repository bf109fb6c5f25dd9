<?php
/**
 * What the release wrote about the tool: its settings, regions, languages and refused words.
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

/**
 * Returns the content of `data.json`, which `cargo xtask release` writes from the tool's own list of settings.
 *
 * @return array
 */
function data() {
	static $data = null;
	if ( null === $data ) {
		// A file of the plugin itself, so no remote request and no file system API is needed.
		$data = json_decode( (string) file_get_contents( __DIR__ . '/data.json' ), true ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		$data = is_array( $data ) ? $data : array();
	}
	return $data;
}

/**
 * Returns one part of the data, or an empty array.
 *
 * @param string $name Its key.
 * @return array
 */
function data_list( $name ) {
	$data = data();
	return isset( $data[ $name ] ) && is_array( $data[ $name ] ) ? $data[ $name ] : array();
}

/**
 * Returns a text that is given per language, in the language of this page.
 *
 * @param array $texts Texts by language.
 * @return string
 */
function in_language( $texts ) {
	$language = 0 === strpos( determine_locale(), 'es' ) && isset( $texts['es'] ) ? 'es' : 'en';
	return isset( $texts[ $language ] ) ? (string) $texts[ $language ] : '';
}
