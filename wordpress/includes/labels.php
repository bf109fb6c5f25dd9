<?php
/**
 * The words of the settings page.
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

/**
 * Parts of the page, each with the settings in it. A setting that is in none comes last.
 *
 * @return array
 */
function sections() {
	return array(
		__( 'Your clinic', 'consult-ready' )      => array( 'clinic', 'phone', 'afterHours', 'region', 'address', 'hours', 'booking', 'logo' ),
		__( 'How it looks', 'consult-ready' )     => array( 'colours', 'corners', 'font', 'heading' ),
		__( 'What it offers', 'consult-ready' )   => array( 'languages', 'without' ),
		__( 'In your own words', 'consult-ready' ) => array( 'welcome', 'prepare', 'questions' ),
	);
}

/**
 * Name and help of each setting.
 *
 * @return array
 */
function labels() {
	return array(
		'clinic'     => array( __( 'Name', 'consult-ready' ), __( 'Shown on the first screen and on the sheet to keep.', 'consult-ready' ) ),
		'phone'      => array( __( 'Phone', 'consult-ready' ), __( 'Shown with the help lines, so that people can call you.', 'consult-ready' ) ),
		'afterHours' => array( __( 'Phone when you are closed', 'consult-ready' ), '' ),
		'region'     => array( __( 'Help lines for', 'consult-ready' ), __( 'Whose crisis lines come first. The tool is shown once this is chosen.', 'consult-ready' ) ),
		'address'    => array( __( 'Address', 'consult-ready' ), __( 'One line.', 'consult-ready' ) ),
		'hours'      => array( __( 'When you are open', 'consult-ready' ), __( 'One line, such as Monday to Friday, 9 to 5.', 'consult-ready' ) ),
		'booking'    => array( __( 'Page for appointments', 'consult-ready' ), __( 'Shown on the page “About this tool” alone. It begins with https://', 'consult-ready' ) ),
		'logo'       => array( __( 'Logo', 'consult-ready' ), __( 'A picture from this device. It is made small here and kept with the settings.', 'consult-ready' ) ),
		'colours'    => array( __( 'Colors', 'consult-ready' ), __( 'Start with your main color. What you leave out is made to go with it, for light and for dark screens.', 'consult-ready' ) ),
		'corners'    => array( __( 'Corners', 'consult-ready' ), __( 'Radius in pixels, 0 to 24.', 'consult-ready' ) ),
		'font'       => array( __( 'Letters', 'consult-ready' ), __( 'Fonts that people’s devices have. None is fetched.', 'consult-ready' ) ),
		'heading'    => array( __( 'Rank of the tool’s heading', 'consult-ready' ), __( '1 to 4, for people who hear your page read out. Most pages have one main heading, so 2.', 'consult-ready' ) ),
		'languages'  => array( __( 'Languages', 'consult-ready' ), __( 'Choose none to offer all of them. People get the one of their browser.', 'consult-ready' ) ),
		'without'    => array( __( 'Leave out', 'consult-ready' ), __( 'Safety questions, risks and help lines always stay. The clinician’s sheet says what was not asked.', 'consult-ready' ) ),
		'welcome'    => array( __( 'Welcome', 'consult-ready' ), __( 'Up to 300 letters on the first screen. No promises and no advice.', 'consult-ready' ) ),
		'prepare'    => array( __( 'Before the visit', 'consult-ready' ), __( 'Up to 400 letters on the sheet that people keep: what you ask them to do or bring.', 'consult-ready' ) ),
		'questions'  => array( __( 'Your own questions', 'consult-ready' ), __( 'Up to 12, asked last. Make them with setup.html of the release: choose WordPress there, and copy the lines here. No rule, no score and no help of the tool looks at the answers.', 'consult-ready' ) ),
	);
}

/**
 * What the five colours are for.
 *
 * @return string[]
 */
function colour_labels() {
	return array(
		__( 'Buttons and links', 'consult-ready' ),
		__( 'Page', 'consult-ready' ),
		__( 'Text', 'consult-ready' ),
		__( 'Boxes', 'consult-ready' ),
		__( 'Notes', 'consult-ready' ),
	);
}

/**
 * Says what a value has to be.
 *
 * @param array  $setting An entry of the list.
 * @param string $reason  What {@see refuses()} gave.
 * @return string
 */
function wanted( $setting, $reason ) {
	$most = isset( $setting['most'] ) ? (int) $setting['most'] : 0;
	if ( 0 === strpos( $reason, 'word:' ) ) {
		/* translators: %s: a word. */
		return sprintf( __( 'Write it without “%s”: nothing here may promise, judge, advise on medicine, or look like a crisis line.', 'consult-ready' ), substr( $reason, 5 ) );
	}
	if ( 0 === strpos( $reason, 'own:' ) ) {
		return own_wanted( $reason );
	}
	if ( 'crisis' === $reason ) {
		return 'phone' === $setting['kind']
			? __( 'Write your own phone number, not that of an emergency service or a crisis line.', 'consult-ready' )
			: __( 'Write it without the name or the number of a crisis line.', 'consult-ready' );
	}
	$texts = array(
		/* translators: %d: number of letters. */
		'name'    => sprintf( __( 'Write one line of at most %d letters.', 'consult-ready' ), $most ),
		/* translators: %d: number of letters. */
		'line'    => sprintf( __( 'Write one line of at most %d letters.', 'consult-ready' ), $most ),
		/* translators: %d: number of letters. */
		'words'   => sprintf( __( 'Write plain text of at most %d letters.', 'consult-ready' ), $most ),
		'phone'   => __( 'Write a phone number such as +1 555 010 0123, that costs the caller nothing by the minute.', 'consult-ready' ),
		'link'    => __( 'Write an address that begins with https://', 'consult-ready' ),
		'image'   => __( 'Choose a PNG, JPEG or WebP picture.', 'consult-ready' ),
		'colours' => __( 'Choose up to 5 colors, the first of them for buttons and links.', 'consult-ready' ),
		/* translators: %d: a number. */
		'number'  => sprintf( __( 'Write a whole number up to %d.', 'consult-ready' ), $most ),
	);
	return isset( $texts[ $reason ] ) ? $texts[ $reason ] : __( 'Choose from the list.', 'consult-ready' );
}
