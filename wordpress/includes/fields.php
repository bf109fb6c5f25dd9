<?php
/**
 * The fields of the settings page, one kind after another.
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

/**
 * Prints a setting's field.
 *
 * @param array $arguments `setting`: its entry of the list; `value`: the text that is in force.
 */
function print_field( $arguments ) {
	$setting = $arguments['setting'];
	$value   = $arguments['value'];
	$id      = 'consult-ready-' . $setting['name'];
	$name    = OPTION . '[' . $setting['name'] . ']';
	switch ( $setting['kind'] ) {
		case 'words':
		case 'questions':
			print_words( $setting, $id, $name, $value );
			break;
		case 'one':
			print_one( $setting, $id, $name, $value );
			break;
		case 'some':
			print_some( $setting, $name, words( $value ) );
			break;
		case 'colours':
			print_colours( $setting, $id, $name, words( $value ) );
			break;
		case 'image':
			print_image( $setting, $id, $name, $value );
			break;
		default:
			print_input( $setting, $id, $name, $value );
	}
	$help = help_of( $setting );
	if ( '' !== $help ) {
		echo '<p class="description" id="' . esc_attr( $id ) . '-help">' . esc_html( $help ) . '</p>';
	}
}

/**
 * What stands below a field.
 *
 * @param array $setting An entry of the list.
 * @return string
 */
function help_of( $setting ) {
	$labels = labels();
	return isset( $labels[ $setting['name'] ] ) ? $labels[ $setting['name'] ][1] : '';
}

/**
 * The attribute that ties a field to its help.
 *
 * @param array  $setting An entry of the list.
 * @param string $id      The field's id.
 */
function print_described( $setting, $id ) {
	if ( '' !== help_of( $setting ) ) {
		echo ' aria-describedby="' . esc_attr( $id ) . '-help"';
	}
}

/**
 * One line: a text, a phone number, an address, a number.
 *
 * @param array  $setting An entry of the list.
 * @param string $id      The field's id.
 * @param string $name    The field's name.
 * @param string $value   The text that is in force.
 */
function print_input( $setting, $id, $name, $value ) {
	$types = array(
		'phone'  => 'tel',
		'link'   => 'url',
		'number' => 'number',
	);
	$type  = isset( $types[ $setting['kind'] ] ) ? $types[ $setting['kind'] ] : 'text';
	$most  = isset( $setting['most'] ) ? (int) $setting['most'] : 300;
	echo '<input type="' . esc_attr( $type ) . '" id="' . esc_attr( $id ) . '" name="' . esc_attr( $name ) . '" value="' . esc_attr( $value ) . '"';
	if ( 'number' === $type ) {
		echo ' class="small-text" min="0" max="' . esc_attr( (string) $most ) . '"';
	} else {
		echo ' class="regular-text" maxlength="' . esc_attr( (string) $most ) . '"';
	}
	if ( 'link' === $setting['kind'] ) {
		echo ' pattern="https://.*" placeholder="https://"';
	}
	if ( 'phone' === $setting['kind'] ) {
		echo ' pattern="[0-9 +.\(\)\-]{3,}"';
	}
	print_described( $setting, $id );
	echo '>';
}

/**
 * A few sentences, or the lines of the clinic's own questions.
 *
 * @param array  $setting An entry of the list.
 * @param string $id      The field's id.
 * @param string $name    The field's name.
 * @param string $value   The text that is in force.
 */
function print_words( $setting, $id, $name, $value ) {
	echo '<textarea id="' . esc_attr( $id ) . '" name="' . esc_attr( $name ) . '" class="large-text' . ( 'questions' === $setting['kind'] ? ' code" spellcheck="false" rows="10"' : '" rows="3"' ) . ' maxlength="' . esc_attr( (string) $setting['most'] ) . '"';
	print_described( $setting, $id );
	echo '>' . esc_textarea( $value ) . '</textarea>';
}

/**
 * One of a list. A region has to be chosen, so that nobody is shown the crisis lines of another country by accident.
 *
 * @param array  $setting An entry of the list.
 * @param string $id      The field's id.
 * @param string $name    The field's name.
 * @param string $value   The id that is in force.
 */
function print_one( $setting, $id, $name, $value ) {
	$required = 'region' === $setting['name'];
	echo '<select id="' . esc_attr( $id ) . '" name="' . esc_attr( $name ) . '"' . ( $required ? ' required' : '' );
	print_described( $setting, $id );
	echo '><option value="">' . ( $required ? esc_html__( 'Choose', 'consult-ready' ) : esc_html__( 'As it is', 'consult-ready' ) ) . '</option>';
	foreach ( $setting['choices'] as $choice ) {
		echo '<option value="' . esc_attr( $choice['id'] ) . '"' . selected( $value, (string) $choice['id'], false ) . '>' . esc_html( in_language( $choice['label'] ) ) . '</option>';
	}
	echo '</select>';
}

/**
 * Some of a list.
 *
 * @param array    $setting An entry of the list.
 * @param string   $name    The fields' name.
 * @param string[] $values  The ids that are in force.
 */
function print_some( $setting, $name, $values ) {
	echo '<fieldset><legend class="screen-reader-text">' . esc_html( labels()[ $setting['name'] ][0] ?? $setting['name'] ) . '</legend>';
	foreach ( $setting['choices'] as $choice ) {
		$on = in_array( (string) $choice['id'], $values, true );
		echo '<label><input type="checkbox" name="' . esc_attr( $name ) . '[]" value="' . esc_attr( $choice['id'] ) . '"' . checked( $on, true, false ) . '> ' . esc_html( in_language( $choice['label'] ) ) . '</label><br>';
	}
	echo '</fieldset>';
}

/**
 * Five colours, each with a box that says whether it is given. Beside it stands its contrast with white and black.
 *
 * @param array    $setting An entry of the list.
 * @param string   $id      The first field's id.
 * @param string   $name    The fields' name.
 * @param string[] $values  The colours that are in force.
 */
function print_colours( $setting, $id, $name, $values ) {
	$usual = array( '#1c5954', '#f3f5f1', '#1d2826', '#e2ebe6', '#f3ecdb' );
	echo '<fieldset><legend class="screen-reader-text">' . esc_html( labels()[ $setting['name'] ][0] ) . '</legend>';
	foreach ( colour_labels() as $i => $label ) {
		$given  = isset( $values[ $i ] ) && 'auto' !== $values[ $i ];
		$colour = $given ? $values[ $i ] : $usual[ $i ];
		$one    = $id . '-' . $i;
		echo '<p class="consult-ready-colour"><label><input type="checkbox" name="' . esc_attr( $name . '[on][' . $i . ']' ) . '" value="1"' . checked( $given, true, false ) . '> ' . esc_html( $label ) . '</label> '
			. '<input type="color" name="' . esc_attr( $name . '[' . $i . ']' ) . '" value="' . esc_attr( strtolower( $colour ) ) . '" id="' . esc_attr( $one ) . '" aria-label="'
			/* translators: %s: what a colour is for. */
			. esc_attr( sprintf( __( 'Color: %s', 'consult-ready' ), $label ) ) . '"> '
			. '<span class="consult-ready-contrast" role="status">' . esc_html( $given ? contrast_text( $colour ) : '' ) . '</span></p>';
	}
	echo '</fieldset>';
}

/**
 * A picture. The script of this page makes it small; without scripts there is none to choose.
 *
 * @param array  $setting An entry of the list.
 * @param string $id      The field's id.
 * @param string $name    The field's name.
 * @param string $value   The picture that is in force, as a `data:` address.
 */
function print_image( $setting, $id, $name, $value ) {
	echo '<input type="hidden" name="' . esc_attr( $name ) . '" value="' . esc_attr( $value ) . '" data-most="' . esc_attr( (string) $setting['most'] ) . '">'
		. '<img class="consult-ready-logo" alt="' . esc_attr__( 'Your logo', 'consult-ready' ) . '" src="' . esc_attr( $value ) . '"' . ( '' === $value ? ' hidden' : '' ) . '> '
		. '<input type="file" id="' . esc_attr( $id ) . '" accept="image/*"';
	print_described( $setting, $id );
	echo '> <button type="button" class="button consult-ready-no-logo"' . ( '' === $value ? ' hidden' : '' ) . '>' . esc_html__( 'Remove the logo', 'consult-ready' ) . '</button>';
}

/**
 * Says how a colour stands out, as WCAG 2.2 counts it.
 *
 * @param string $colour Such as `#1c5954`.
 * @return string
 */
function contrast_text( $colour ) {
	$white = contrast( $colour, '#ffffff' );
	/* translators: %s: a ratio such as 4.5. */
	$text = sprintf( __( '%s to 1 against white.', 'consult-ready' ), number_format_i18n( floor( $white * 10 ) / 10, 1 ) );
	return $white < 4.5 ? $text . ' ' . __( 'Where text needs 4.5 to 1, the tool uses the nearest shade that can be read.', 'consult-ready' ) : $text;
}

/**
 * The ratio of contrast between two colours, from 1 to 21.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 * @param string $one   Such as `#1c5954`.
 * @param string $other Such as `#ffffff`.
 * @return float
 */
function contrast( $one, $other ) {
	$all = array( luminance( $one ) + 0.05, luminance( $other ) + 0.05 );
	return max( $all ) / min( $all );
}

/**
 * Relative luminance, from 0 to 1.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
 * @param string $colour Such as `#1c5954`.
 * @return float
 */
function luminance( $colour ) {
	$sum = 0.0;
	foreach ( array( 0.2126, 0.7152, 0.0722 ) as $i => $weight ) {
		$channel = hexdec( substr( $colour, 1 + 2 * $i, 2 ) ) / 255;
		$sum    += $weight * ( $channel <= 0.04045 ? $channel / 12.92 : pow( ( $channel + 0.055 ) / 1.055, 2.4 ) );
	}
	return $sum;
}
