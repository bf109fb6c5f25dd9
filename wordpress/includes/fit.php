<?php
/**
 * Whether phones are the clinic's own, and crisis lines those of the place where it is (crates/engine/src/pack/settings/known.rs, value.rs).
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

/**
 * The first word of a text that stands in a crisis line's name.
 *
 * @param string $text    A text.
 * @param bool   $numbers Whether emergency numbers count too.
 * @return string Empty if there is none.
 */
function crisis_word( $text, $numbers ) {
	$crisis = data_list( 'crisis' );
	$lower  = strtr( $text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz' );
	$refuse = $numbers ? array_merge( $crisis['words'], $crisis['emergency'] ) : $crisis['words'];
	foreach ( preg_split( '/[^\p{L}\p{M}\p{N}]+/u', $lower ) as $word ) {
		if ( in_array( $word, $refuse, true ) ) {
			return $word;
		}
	}
	return '';
}

/**
 * The digits of a number.
 *
 * @param string $value A phone number.
 * @return string
 */
function digits( $value ) {
	return preg_replace( '/[^0-9]/', '', $value );
}

/**
 * Without a beginning; null if the text does not begin so.
 *
 * @param string $text  A text.
 * @param string $start Its beginning.
 * @return string|null
 */
function without_start( $text, $start ) {
	return 0 === strncmp( $text, $start, strlen( $start ) ) ? substr( $text, strlen( $start ) ) : null;
}

/**
 * Whether a phone number is that of an emergency service or a crisis line: at home, without the 1 of a long number, or from abroad.
 *
 * @param string $value A phone number.
 * @return bool
 */
function is_crisis_number( $value ) {
	$value = digits( $value );
	// "000" is Australia's own.
	$rest  = without_start( $value, '00' );
	$value = null !== $rest && strlen( $rest ) > 2 ? $rest : $value;
	foreach ( data_list( 'crisis' )['numbers'] as list( $calling, $number ) ) {
		$home = $number;
		if ( '1' === $calling && '1' === $number[0] && 11 === strlen( $number ) ) {
			$home = substr( $number, 1 );
		}
		$abroad = without_start( $value, $calling );
		if ( in_array( $value, array( $number, $home ), true ) || ( null !== $abroad && in_array( $abroad, array( $home, ltrim( $home, '0' ) ), true ) ) ) {
			return true;
		}
	}
	return false;
}

/**
 * Whether the caller pays by the minute: numbers that begin with 900, in the US, Canada and Mexico alike.
 *
 * @param string $value A phone number.
 * @return bool
 */
function is_pay_per_call( $value ) {
	return 1 === preg_match( '/^1?900[0-9]{7}$/D', digits( $value ) );
}

/**
 * Tags of the languages that are offered.
 *
 * @param array $settings Texts by name.
 * @return string[]
 */
function offered_languages( $settings ) {
	$all   = choices( array_column( data_list( 'settings' ), null, 'name' )['languages'] );
	$given = isset( $settings['languages'] ) ? words( $settings['languages'] ) : array();
	return $given ? array_values( array_intersect( $all, $given ) ) : $all;
}

/**
 * What speaks against the region that was chosen. Nothing here is certain, so nothing is refused.
 *
 * @param array $settings Texts by name.
 * @return array Pairs: `language` and its tag, or `phone` and the number.
 */
function doubts( $settings ) {
	$region = region( $settings );
	$found  = array();
	if ( ! $region ) {
		return $found;
	}
	foreach ( offered_languages( $settings ) as $language ) {
		if ( $region['spoken'] && ! in_array( $language, $region['spoken'], true ) ) {
			$found[] = array( 'language', $language );
		}
	}
	foreach ( array( 'phone', 'afterHours' ) as $name ) {
		if ( isset( $settings[ $name ] ) && is_foreign( $settings[ $name ], $region['calling'] ) ) {
			$found[] = array( 'phone', $settings[ $name ] );
		}
	}
	return $found;
}

/**
 * Whether a number looks like one of another country, by what it begins with.
 *
 * @param string $phone   A phone number.
 * @param string $calling What stands before the region's numbers from abroad; empty if that is not known.
 * @return bool
 */
function is_foreign( $phone, $calling ) {
	if ( '' === $calling ) {
		return false;
	}
	$number = digits( $phone );
	$abroad = '+' === substr( ltrim( $phone ), 0, 1 ) ? $number : without_start( $number, '00' );
	if ( null !== $abroad ) {
		return null === without_start( $abroad, $calling );
	}
	if ( '1' === $calling ) {
		// No number in North America begins with 0.
		return '0' === substr( $number, 0, 1 );
	}
	// Mexican numbers have ten digits too. Elsewhere a number of that length begins with 0 or 1.
	return '52' !== $calling && 1 === preg_match( '/^1?[2-9][0-9]{9}$/D', $number );
}

/**
 * Prints what speaks against the region, above the form.
 *
 * @param array $settings Texts by name.
 */
function print_doubts( $settings ) {
	$list   = array_column( data_list( 'settings' ), null, 'name' );
	$name   = function ( $setting, $id ) use ( $list ) {
		$labels = array_column( $list[ $setting ]['choices'], 'label', 'id' );
		return isset( $labels[ $id ] ) ? in_language( $labels[ $id ] ) : $id;
	};
	$region = isset( $settings['region'] ) ? $name( 'region', $settings['region'] ) : '';
	foreach ( doubts( $settings ) as list( $what, $which ) ) {
		if ( 'language' === $what ) {
			/* translators: 1: a country, 2: a language. */
			$text = sprintf( __( 'No help line listed under “%1$s” answers in %2$s, a language that you offer. People who need it would read a number where nobody speaks it.', 'consult-ready' ), $region, $name( 'languages', $which ) );
		} else {
			/* translators: 1: a country, 2: a phone number. */
			$text = sprintf( __( 'You chose “%1$s”, and %2$s does not look like a phone number from there.', 'consult-ready' ), $region, $which );
		}
		echo '<div class="notice notice-warning inline"><p>' . esc_html( $text ) . '</p></div>';
	}
}
