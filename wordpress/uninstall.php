<?php
/**
 * Removes the settings, which are all that the plugin stores.
 *
 * @package ConsultReady
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $consult_ready_site ) {
		delete_blog_option( $consult_ready_site, 'consult_ready_settings' );
	}
}
delete_option( 'consult_ready_settings' );
