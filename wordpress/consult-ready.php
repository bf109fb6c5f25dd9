<?php
/**
 * Plugin Name: Consult Ready
 * Description: Helps people get ready for a first talk with your clinic about ketamine, on your own site. What they enter stays in their browser.
 * Version: {{version}}
 * Requires at least: 6.3
 * Requires PHP: 7.4
 * License: MIT
 * License URI: https://opensource.org/license/mit
 * Text Domain: consult-ready
 * Domain Path: /languages
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

const VERSION = '{{version}}';
const FILE    = __FILE__;

require_once __DIR__ . '/includes/data.php';
require_once __DIR__ . '/includes/settings.php';
require_once __DIR__ . '/includes/fit.php';
require_once __DIR__ . '/includes/questions.php';
require_once __DIR__ . '/includes/tool.php';
require_once __DIR__ . '/includes/embed.php';
require_once __DIR__ . '/includes/block.php';

if ( is_admin() ) {
	require_once __DIR__ . '/includes/labels.php';
	require_once __DIR__ . '/includes/fields.php';
	require_once __DIR__ . '/includes/page.php';
}

add_action( 'init', __NAMESPACE__ . '\load_translation', 0 );
add_action( 'init', __NAMESPACE__ . '\serve_tool', 1 );
add_action( 'init', __NAMESPACE__ . '\register_block' );
add_action( 'wp_loaded', __NAMESPACE__ . '\serve_preview' );
add_shortcode( 'consult_ready', __NAMESPACE__ . '\shortcode' );

/**
 * Loads the one Spanish translation for every Spanish locale, since WordPress looks for the exact locale only.
 */
function load_translation() {
	if ( 0 === strpos( determine_locale(), 'es' ) ) {
		load_textdomain( 'consult-ready', __DIR__ . '/languages/consult-ready-es_ES.mo', determine_locale() );
	}
}
