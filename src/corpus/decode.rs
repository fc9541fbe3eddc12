//! Bytes to text: UTF-8 as it is, anything else by its byte-order mark, its declaration or by what its bytes look like.
//! Says which encoding was found. It does not read files.

use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::unpack::Stream;
use crate::error::{Fault, Result};

/// Text, and the name of its encoding where it was not UTF-8.
pub(super) type Text = (String, Option<&'static str>);

/// Bytes that the detector looks at: after them the guess hardly changes.
const LOOKED_AT: usize = 1 << 16;

/// Decodes a whole text or record.
///
/// # Errors
/// Bytes that are no text, and UTF-8 that is damaged: its other letters would turn into rubbish if it were taken for an
/// older encoding.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Text> {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_8 {
            return String::from_utf8(bytes.get(length..).unwrap_or_default().to_vec())
                .map(|text| (text, None))
                .map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()));
        }
        return Ok(decoded(encoding, &bytes[length..]));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, None)),
        Err(error) => error.into_bytes(),
    };
    guess(&bytes).map(|encoding| decoded(encoding, &bytes))
}

/// The encoding of bytes that are not UTF-8 and carry no mark.
///
/// # Errors
/// As [`decode`].
pub(super) fn guess(bytes: &[u8]) -> Result<&'static Encoding> {
    if let Some(encoding) = utf16(bytes) {
        return Ok(encoding);
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(Fault::new("zero bytes, which no text has")
            .expected("text")
            .remedy("name the format with --from, or convert the file"));
    }
    let (mut letters, mut broken, mut good) = (0usize, 0usize, None);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            good = good.or(Some(at));
            broken += 1;
        }
        at += chunk.invalid().len();
    }
    let good = good.unwrap_or_default();
    if letters > broken {
        return Err(not_utf8(bytes, good));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let from = good.saturating_sub(LOOKED_AT / 2);
    detector.feed(&bytes[from..bytes.len().min(from + LOOKED_AT)], true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// Decodes with the encoding that a document declares, where that is a known one and fits.
pub(super) fn decode_declared(bytes: Vec<u8>, label: Option<&str>) -> Result<Text> {
    let declared = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match declared {
        Some(encoding) if encoding != UTF_8 && std::str::from_utf8(&bytes).is_err() => {
            let (text, broken) = encoding.decode_without_bom_handling(&bytes);
            if broken {
                decode(bytes)
            } else {
                Ok((text.into_owned(), Some(encoding.name())))
            }
        }
        _ => decode(bytes),
    }
}

/// Bytes in a known encoding; what does not fit becomes U+FFFD.
pub(super) fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Text {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), Some(encoding.name()))
}

/// UTF-16 without a mark: western text has a zero in nearly every pair, always on the same side.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |side: usize| {
        head.iter()
            .skip(side)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (first, second, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if second * 10 > pairs * 7 && first * 20 < pairs {
        Some(UTF_16LE)
    } else if first * 10 > pairs * 7 && second * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn not_utf8(bytes: &[u8], good: usize) -> Fault {
    let line = 1 + memchr::memchr_iter(b'\n', &bytes[..good]).count();
    Fault::new(format!("byte 0x{:02X} is not UTF-8", bytes[good]))
        .line(line)
        .expected("text in UTF-8, as its other letters are")
        .remedy("mend the file, for example with `iconv -c -f utf-8 -t utf-8`")
}

/// A stream whose lines are UTF-8 or an encoding that keeps ASCII: UTF-16 with a mark is decoded on the way, a UTF-8
/// mark is left out. Says what was found.
pub(super) fn without_mark(mut stream: Stream) -> io::Result<(Stream, Option<&'static str>)> {
    let head = stream.fill_buf()?;
    match Encoding::for_bom(head) {
        Some((encoding, length)) if encoding == UTF_8 => {
            stream.consume(length);
            Ok((stream, None))
        }
        Some((encoding, length)) => {
            stream.consume(length);
            let recoded = Recoded {
                stream,
                decoder: encoding.new_decoder_without_bom_handling(),
                ready: vec![0; 1 << 16],
                from: 0,
                to: 0,
                ended: false,
            };
            Ok((Box::new(recoded), Some(encoding.name())))
        }
        None => Ok((stream, None)),
    }
}

/// A stream in another encoding, read as UTF-8.
struct Recoded {
    stream: Stream,
    decoder: encoding_rs::Decoder,
    ready: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
}

impl BufRead for Recoded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.from == self.to && !self.ended {
            let raw = self.stream.fill_buf()?;
            let last = raw.is_empty();
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(raw, &mut self.ready, last);
            self.stream.consume(read);
            (self.from, self.to) = (0, written);
            self.ended = last && result == encoding_rs::CoderResult::InputEmpty;
        }
        Ok(&self.ready[self.from..self.to])
    }

    fn consume(&mut self, n: usize) {
        self.from = (self.from + n).min(self.to);
    }
}

impl Read for Recoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(buffer.len());
        buffer[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_stays_and_its_mark_goes() {
        assert_eq!(
            decode("a \u{201C}b\u{201D}".into()).unwrap(),
            ("a \u{201C}b\u{201D}".to_owned(), None)
        );
        assert_eq!(
            decode(b"\xEF\xBB\xBFabc".to_vec()).unwrap(),
            ("abc".to_owned(), None)
        );
    }

    #[test]
    fn older_encodings_are_told_by_their_bytes() {
        // 0x93 and 0x94 are quotation marks in windows-1252, 0xE9 is e with an acute.
        let (text, name) = decode(b"The caf\xE9 owner said: \x93No truce.\x94".to_vec()).unwrap();
        assert_eq!(text, "The caf\u{E9} owner said: \u{201C}No truce.\u{201D}");
        assert_eq!(name, Some("windows-1252"));
        let wide: Vec<u8> = "No truce, they said.\u{E9}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(
            decode(wide.clone()).unwrap(),
            ("No truce, they said.\u{E9}".to_owned(), Some("UTF-16LE"))
        );
        assert_eq!(
            decode([b"\xFF\xFE".to_vec(), wide].concat()).unwrap().1,
            Some("UTF-16LE")
        );
    }

    #[test]
    fn damaged_utf8_is_a_fault_and_so_are_zero_bytes() {
        let fault = decode(b"\xE2\x80\x9CNo\xE2\x80\x9D\n\xE2\x80, he said.".to_vec()).unwrap_err();
        assert!(fault.to_string().starts_with("byte 0xE2 is not UTF-8"));
        assert_eq!(fault.line, Some(2));
        assert!(
            decode(b"\x89PNG\x00\x00\x01\xFF".to_vec())
                .unwrap_err()
                .found
                .contains("zero bytes")
        );
    }

    #[test]
    fn a_stream_of_utf16_is_read_as_utf8() {
        let wide: Vec<u8> = std::iter::once(0xFEFF)
            .chain("a\u{E9}\n".repeat(40_000).encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        let (mut stream, name) = without_mark(Box::new(io::Cursor::new(wide))).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert_eq!((text.len(), name), (4 * 40_000, Some("UTF-16BE")));
    }
}
