<?php
/**
 * The clinic's own questions: the same format and the same limits as in the tool (crates/engine/src/pack/own.rs).
 *
 * @package ConsultReady
 */

namespace ConsultReady;

defined( 'ABSPATH' ) || exit;

/**
 * Says what is wrong with own questions.
 *
 * @param string   $value     The setting's text.
 * @param string[] $languages Tags of the languages that are offered.
 * @param int      $most      Most letters of all of it.
 * @return string Empty if they can be asked, else `own:question:part:what:more`, such as `own:2:answer 3:missing:es`.
 */
function own_fault( $value, $languages, $most ) {
	$limits = data_list( 'own' );
	if ( preg_match_all( '/./us', $value ) > $most ) {
		return 'own:0::long:' . $most;
	}
	$questions = read_own( $value );
	if ( is_int( $questions ) ) {
		return 'own:0::line:' . $questions;
	}
	if ( count( $questions ) > $limits['most'] ) {
		return 'own:0::many:' . $limits['most'];
	}
	foreach ( $questions as $i => $question ) {
		$fault = own_question_fault( $question, $languages, $limits );
		if ( '' === $fault && in_array( $question, array_slice( $questions, 0, $i ), true ) ) {
			$fault = ':twice:';
		}
		if ( '' !== $fault ) {
			return 'own:' . ( $i + 1 ) . ':' . $fault;
		}
	}
	return '';
}

/**
 * Reads the lines of the setting.
 *
 * @param string $value The setting's text.
 * @return array|int Questions, or the number of the first line that can't be read.
 */
function read_own( $value ) {
	$kinds     = data_list( 'own' )['kinds'];
	$questions = array();
	foreach ( explode( "\n", $value ) as $i => $line ) {
		$line = trimmed( $line );
		if ( '' === $line ) {
			continue;
		}
		$last = count( $questions ) - 1;
		if ( $last >= 0 && ( '-' === $line[0] || '=' === $line[0] ) ) {
			$texts = read_texts( substr( $line, 1 ) );
			if ( ! $texts ) {
				return $i + 1;
			}
			if ( '-' === $line[0] ) {
				$questions[ $last ]['answers'][] = $texts;
			} else {
				$questions[ $last ]['unit'] = $texts;
			}
			continue;
		}
		$parts = explode( ':', $line, 2 );
		$texts = isset( $parts[1] ) && in_array( trimmed( $parts[0] ), $kinds, true ) ? read_texts( $parts[1] ) : array();
		if ( ! $texts ) {
			return $i + 1;
		}
		$questions[] = array(
			'kind'    => trimmed( $parts[0] ),
			'text'    => $texts,
			'answers' => array(),
			'unit'    => array(),
		);
	}
	return $questions;
}

/**
 * Reads `[en] One [es] Uno`.
 *
 * @param string $line A part of a line.
 * @return array Texts by language; empty if it can't be read.
 */
function read_texts( $line ) {
	$parts = explode( '[', $line );
	if ( '' !== trimmed( array_shift( $parts ) ) ) {
		return array();
	}
	$texts = array();
	foreach ( $parts as $part ) {
		if ( ! preg_match( '/^([A-Za-z0-9-]{2,8})\](.*)$/Ds', $part, $found ) || isset( $texts[ $found[1] ] ) ) {
			return array();
		}
		$text = trimmed( $found[2] );
		if ( '' !== $text ) {
			$texts[ $found[1] ] = $text;
		}
	}
	ksort( $texts );
	return $texts;
}

/**
 * Says what is wrong with one question.
 *
 * @param array    $question  A question.
 * @param string[] $languages Tags of the languages that are offered.
 * @param array    $limits    The tool's limits.
 * @return string Empty, or `part:what:more`.
 */
function own_question_fault( $question, $languages, $limits ) {
	$parts = array( array( '', $question['text'], $limits['letters'][0] ) );
	foreach ( $question['answers'] as $i => $answer ) {
		$parts[] = array( 'answer ' . ( $i + 1 ), $answer, $limits['letters'][1] );
	}
	if ( $question['unit'] ) {
		$parts[] = array( 'unit', $question['unit'], $limits['letters'][2] );
	}
	foreach ( $parts as list( $part, $texts, $most ) ) {
		$missing = array_diff( $languages, array_keys( $texts ) );
		if ( $missing ) {
			return $part . ':missing:' . reset( $missing );
		}
		foreach ( $texts as $text ) {
			if ( ! is_line( $text, $most ) || false !== strpbrk( $text, '[]' ) ) {
				return $part . ':long:' . $most;
			}
			$word = refused_word( $text );
			$word = '' === $word ? crisis_word( $text, true ) : $word;
			if ( '' !== $word ) {
				return $part . ':says:' . $word;
			}
		}
	}
	if ( $question['unit'] && 'number' !== $question['kind'] ) {
		return 'unit:answers:' . $limits['mostAnswers'];
	}
	$count = count( $question['answers'] );
	$fits  = in_array( $question['kind'], $limits['withAnswers'], true ) ? $count >= 2 && $count <= $limits['mostAnswers'] : 0 === $count;
	return $fits ? '' : ':answers:' . $limits['mostAnswers'];
}

/**
 * Says in words what {@see own_fault()} found, and where.
 *
 * @param string $reason What it gave.
 * @return string
 */
function own_wanted( $reason ) {
	list( , $number, $part, $what, $more ) = explode( ':', $reason, 5 );
	switch ( $what ) {
		case 'line':
			/* translators: %s: number of a line. */
			$text = sprintf( __( 'Line %s can’t be read. Take the lines as the set-up page makes them.', 'consult-ready' ), $more );
			break;
		case 'many':
			/* translators: %s: a number. */
			$text = sprintf( __( 'Ask at most %s questions.', 'consult-ready' ), $more );
			break;
		case 'answers':
			/* translators: %s: a number. */
			$text = sprintf( __( 'One and several have 2 to %s answers, other kinds none. Only a number has a unit.', 'consult-ready' ), $more );
			break;
		case 'missing':
			/* translators: %s: a language's tag, such as es. */
			$text = sprintf( __( 'Write it in each language that you offer: [%s] is missing.', 'consult-ready' ), $more );
			break;
		case 'says':
			/* translators: %s: a word. */
			$text = sprintf( __( 'Write it without “%s”: your questions promise nothing, judge nobody, and neither ask nor advise about crises and medicines to stop.', 'consult-ready' ), $more );
			break;
		case 'twice':
			$text = __( 'This question is there already.', 'consult-ready' );
			break;
		default:
			/* translators: %s: number of letters. */
			$text = sprintf( __( 'Write at most %s letters on one line.', 'consult-ready' ), $more );
	}
	if ( '0' === $number ) {
		return $text;
	}
	/* translators: 1: number of a question, 2: what is wrong with it. */
	$all = __( 'Question %1$s: %2$s', 'consult-ready' );
	if ( 0 === strpos( $part, 'answer ' ) ) {
		/* translators: 1: number of a question, 2: what is wrong with it, 3: number of its answer. */
		$all = __( 'Question %1$s, answer %3$s: %2$s', 'consult-ready' );
	} elseif ( 'unit' === $part ) {
		/* translators: 1: number of a question, 2: what is wrong with its unit. */
		$all = __( 'Question %1$s, its unit: %2$s', 'consult-ready' );
	}
	return sprintf( $all, $number, $text, substr( $part, 7 ) );
}
