<?php
/**
 * The clinic's settings: one option, checked by the tool's own list.
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

const OPTION = 'consult_ready_settings';

/**
 * Returns the settings that can be used, by name. Anything else in the option is passed over.
 *
 * @return array
 */
function settings() {
	$stored = get_option( OPTION, array() );
	return check_settings( is_array( $stored ) ? $stored : array() )['good'];
}

/**
 * Whether a clinic has said whose crisis lines come first. Without that the tool is not shown.
 *
 * @return bool
 */
function is_set_up() {
	return isset( settings()['region'] );
}

/**
 * Sorts values into those that can be used and those that can't.
 *
 * @param array $values Texts by the names of settings.
 * @return array `good` holds texts, `bad` the limits that a value breaks; both by name.
 */
function check_settings( $values ) {
	$good = array();
	$bad  = array();
	foreach ( data_list( 'settings' ) as $setting ) {
		$name  = $setting['name'];
		$value = isset( $values[ $name ] ) && is_string( $values[ $name ] ) ? trimmed( $values[ $name ] ) : '';
		if ( '' === $value ) {
			continue;
		}
		$reason = refuses( $setting, $value, $good );
		if ( '' === $reason ) {
			$good[ $name ] = $value;
		} else {
			$bad[ $name ] = $reason;
		}
	}
	return array(
		'good' => $good,
		'bad'  => $bad,
	);
}

/**
 * A text without blanks around it, with the line ends that a form sends made into one sign.
 *
 * @param string $value A text.
 * @return string As it was if it is not UTF-8.
 */
function trimmed( $value ) {
	$value = str_replace( "\r\n", "\n", $value );
	return preg_replace( '/^\s+|\s+$/uD', '', $value ) ?? $value;
}

/**
 * Says which kind of limit a value breaks: the setting's kind, `crisis` for what belongs to a crisis line, `word:` and the word
 * that is refused, or what {@see own_fault()} gives.
 *
 * @param array  $setting An entry of the list.
 * @param string $value   A trimmed text that is not empty.
 * @param array  $before  The settings before it that can be used: own questions depend on the languages.
 * @return string Empty if the value can be used.
 */
function refuses( $setting, $value, $before ) {
	if ( 1 !== preg_match( '//u', $value ) ) {
		return $setting['kind'];
	}
	$most = isset( $setting['most'] ) ? (int) $setting['most'] : 0;
	switch ( $setting['kind'] ) {
		case 'line':
		case 'name':
			$ok = is_line( $value, $most );
			if ( $ok && '' !== crisis_word( $value, 'name' === $setting['kind'] ) ) {
				return 'crisis';
			}
			break;
		case 'words':
			$ok = is_line( str_replace( "\n", ' ', $value ), $most );
			break;
		case 'phone':
			$ok = strlen( $value ) <= $most && preg_match( '/^[0-9 +\-().]+$/D', $value ) && strlen( digits( $value ) ) >= 3;
			if ( $ok && is_crisis_number( $value ) ) {
				return 'crisis';
			}
			$ok = $ok && ! is_pay_per_call( $value );
			break;
		case 'link':
			$ok = strlen( $value ) <= $most && is_link( $value );
			break;
		case 'image':
			$ok = strlen( $value ) <= $most && preg_match( '#^data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$#D', $value );
			break;
		case 'colours':
			$ok = is_colours( $value, $most );
			break;
		case 'number':
			$ok = preg_match( '/^[0-9]{1,2}$/D', $value ) && (int) $value <= $most;
			break;
		case 'one':
			$ok = in_array( $value, choices( $setting ), true );
			break;
		case 'some':
			$ok = ! array_diff( words( $value ), choices( $setting ) ) && words( $value );
			break;
		case 'questions':
			return own_fault( $value, offered_languages( $before ), $most );
		default:
			$ok = false;
	}
	if ( ! $ok ) {
		return $setting['kind'];
	}
	$word = empty( $setting['checkWords'] ) ? '' : refused_word( $value );
	return '' === $word ? '' : 'word:' . $word;
}

/**
 * Splits a list as the tool does, at blanks and commas.
 *
 * @param string $value A list.
 * @return string[]
 */
function words( $value ) {
	return array_values( array_filter( preg_split( '/[ ,]/', $value ), 'strlen' ) );
}

/**
 * Ids that a setting may name.
 *
 * @param array $setting An entry of the list.
 * @return string[]
 */
function choices( $setting ) {
	return array_map( 'strval', array_column( isset( $setting['choices'] ) ? $setting['choices'] : array(), 'id' ) );
}

/**
 * One line without control characters and without characters that turn the reading direction around.
 *
 * @param string $value A text.
 * @param int    $most  Most letters, as code points.
 * @return bool
 */
function is_line( $value, $most ) {
	$odd = '/[\x{00}-\x{1F}\x{7F}-\x{9F}\x{61C}\x{200B}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]/u';
	return 0 === preg_match( $odd, $value ) && preg_match_all( '/./us', $value ) <= $most;
}

/**
 * An address by https, with a host and no name or password before it.
 *
 * @param string $value A text.
 * @return bool
 */
function is_link( $value ) {
	if ( ! preg_match( '#^https://([A-Za-z0-9.:-]+)([/?\#].*)?$#D', $value, $parts ) ) {
		return false;
	}
	return false !== strpos( $parts[1], '.' ) && preg_match( '/^[\x21-\x7E]+$/D', $value ) && ! preg_match( '/["\'<>\\\\`{}|^]/', $value );
}

/**
 * One to five colours; the first is the clinic's own, `auto` stands for one that the tool chooses.
 *
 * @param string $value A list.
 * @param int    $most  Most colours.
 * @return bool
 */
function is_colours( $value, $most ) {
	$all = words( $value );
	if ( ! $all || count( $all ) > $most || 'auto' === $all[0] ) {
		return false;
	}
	foreach ( $all as $one ) {
		if ( 'auto' !== $one && ! preg_match( '/^#[0-9A-Fa-f]{6}$/D', $one ) ) {
			return false;
		}
	}
	return true;
}

/**
 * Letters and digits in lower case without accents, with single blanks between words.
 *
 * @param string $text A text.
 * @return string
 */
function fold( $text ) {
	$small  = array();
	$accent = array( 'àáâãäå' => 'a', 'èéêë' => 'e', 'ìíîï' => 'i', 'òóôõö' => 'o', 'ùúûü' => 'u', 'ñ' => 'n', 'ç' => 'c' );
	for ( $point = 0xC0; $point <= 0xDE; $point++ ) {
		// In Latin-1 the small letters stand 32 behind the capitals; the sign of multiplication is no letter.
		if ( 0xD7 !== $point ) {
			$small[ "\xC3" . chr( $point - 0x40 ) ] = "\xC3" . chr( $point - 0x20 );
		}
	}
	$text = strtr( strtr( $text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz' ), $small );
	foreach ( $accent as $letters => $plain ) {
		$text = preg_replace( '/[' . $letters . ']/u', $plain, $text );
	}
	$text = str_replace( array( "'", '’' ), '', $text );
	return trim( preg_replace( '/[^a-z0-9\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{1FFF}\x{3040}-\x{D7FF}]+/u', ' ', $text ) );
}

/**
 * The first word that a clinic's own text may not say, in any language.
 *
 * @param string $text A text.
 * @return string Empty if there is none.
 */
function refused_word( $text ) {
	$text = explode( ' ', fold( $text ) );
	foreach ( data_list( 'refused' ) as $list ) {
		// What stands in one of the other senses is not meant.
		$meant = array_fill( 0, count( $text ), true );
		foreach ( $list['otherSenses'] as $phrase ) {
			$phrase = explode( ' ', fold( $phrase ) );
			foreach ( places( $text, $phrase ) as $at ) {
				array_splice( $meant, $at, count( $phrase ), array_fill( 0, count( $phrase ), false ) );
			}
		}
		foreach ( $list['words'] as $word ) {
			$phrase = explode( ' ', fold( $word ) );
			foreach ( places( $text, $phrase ) as $at ) {
				if ( ! in_array( false, array_slice( $meant, $at, count( $phrase ) ), true ) ) {
					return $word;
				}
			}
		}
	}
	return '';
}

/**
 * Where a phrase begins in a text.
 *
 * @param string[] $text   Words.
 * @param string[] $phrase Words.
 * @return int[]
 */
function places( $text, $phrase ) {
	$found = array();
	for ( $at = 0; $at + count( $phrase ) <= count( $text ); $at++ ) {
		if ( array_slice( $text, $at, count( $phrase ) ) === $phrase ) {
			$found[] = $at;
		}
	}
	return $found;
}
