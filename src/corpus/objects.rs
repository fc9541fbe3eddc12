//! Cuts JSON objects out of a stream: one after another or in a list, over any number of lines, each of bounded length. It
//! counts braces outside strings and does not understand what is in them.

use std::io::{self, BufRead};

use super::cut::{Body, Cut, Place};
use super::lines::{LONGEST_RECORD, too_long};
use super::unpack::{Stream, read_fault};
use crate::error::Fault;

/// The objects of a file.
pub(super) struct Objects {
    place: Place,
    stream: Stream,
    line: usize,
    number: usize,
    ended: bool,
}

enum Object {
    Whole(Vec<u8>),
    TooLong,
    /// The file ends inside an object.
    Open,
    /// Something else than an object, up to the next one.
    Stray(Vec<u8>),
    End,
}

impl Objects {
    pub(super) fn new(place: Place, stream: Stream) -> Self {
        Self {
            place,
            stream,
            line: 1,
            number: 0,
            ended: false,
        }
    }

    /// Reads on to the end of the next object; `first` becomes the line it begins in.
    fn object(&mut self, first: &mut usize) -> io::Result<Object> {
        let (mut object, mut stray) = (Vec::new(), Vec::new());
        let (mut depth, mut in_string, mut escaped, mut long) = (0usize, false, false, false);
        *first = self.line;
        loop {
            let ahead = match self.stream.fill_buf() {
                Ok(ahead) => ahead,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if ahead.is_empty() {
                return Ok(match depth {
                    0 if stray.is_empty() => Object::End,
                    0 => Object::Stray(stray),
                    _ => Object::Open,
                });
            }
            let mut read = ahead.len();
            let mut begin = if depth > 0 { Some(0) } else { None };
            let mut done = false;
            for (at, byte) in ahead.iter().enumerate() {
                self.line += usize::from(*byte == b'\n');
                if escaped {
                    escaped = false;
                } else if in_string {
                    escaped = *byte == b'\\';
                    in_string = *byte != b'"';
                } else {
                    match byte {
                        b'"' if depth > 0 => in_string = true,
                        b'{' if depth == 0 && !stray.is_empty() => {
                            // What stood before is told first; this object comes next.
                            read = at;
                            done = true;
                        }
                        b'{' => {
                            if depth == 0 {
                                (begin, *first) = (Some(at), self.line);
                            }
                            depth += 1;
                        }
                        b'}' if depth > 0 => {
                            depth -= 1;
                            done = depth == 0;
                            read = if done { at + 1 } else { read };
                        }
                        b'[' | b']' | b',' if depth == 0 => {}
                        other if depth == 0 && !other.is_ascii_whitespace() => {
                            *first = if stray.is_empty() { self.line } else { *first };
                            if stray.len() < 40 {
                                stray.push(*other);
                            }
                        }
                        _ => {}
                    }
                }
                if done {
                    break;
                }
            }
            if let Some(begin) = begin {
                long |= object.len() + read - begin > LONGEST_RECORD;
                if long {
                    object = Vec::new();
                } else {
                    object.extend_from_slice(&ahead[begin..read]);
                }
            }
            self.stream.consume(read);
            if done {
                return Ok(match (stray.is_empty(), long) {
                    (false, _) => Object::Stray(stray),
                    (true, true) => Object::TooLong,
                    (true, false) => Object::Whole(object),
                });
            }
        }
    }
}

impl Iterator for Objects {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        if self.ended {
            return None;
        }
        let mut line = self.line;
        let object = self.object(&mut line);
        self.number += 1;
        let place = self.place.record(Some(line), Some(self.number));
        let expected = "JSON objects, one after another or in a list";
        Some(match object {
            Ok(Object::Whole(bytes)) => Cut {
                place,
                body: Body::Json(bytes),
            },
            Ok(Object::TooLong) => Cut::fault(&place, too_long()),
            Ok(Object::Stray(bytes)) => {
                let words = String::from_utf8_lossy(&bytes).into_owned();
                Cut::fault(
                    &place,
                    Fault::new(format!("found {words:?}")).expected(expected),
                )
            }
            Ok(Object::Open) => {
                self.ended = true;
                let fault = Fault::new("broken JSON: the file ends inside an object").line(line);
                Cut::fault(
                    &self.place,
                    fault.expected(expected).remedy("get the file again"),
                )
            }
            Ok(Object::End) => {
                self.ended = true;
                if self.number > 1 {
                    return None;
                }
                let fault = Fault::new("the input is empty").expected(expected);
                Cut::fault(&self.place, fault)
            }
            Err(error) => {
                self.ended = true;
                let fault = read_fault(&self.place.path, &error).line(self.line);
                Cut::fault(&self.place, fault)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Cursor};
    use std::path::Path;

    fn objects(text: &str) -> Vec<(usize, Result<String, String>)> {
        // A buffer of three bytes: every object is cut over many pieces.
        let stream = BufReader::with_capacity(3, Cursor::new(text.to_owned()));
        Objects::new(Place::of_file(Path::new("a.json"), true), Box::new(stream))
            .map(|cut| {
                let line = cut.place.line.unwrap_or_default();
                match cut.body {
                    Body::Json(bytes) => (line, Ok(String::from_utf8(bytes).unwrap())),
                    Body::Skipped(skipped) => {
                        (skipped.fault.line.unwrap(), Err(skipped.fault.found))
                    }
                    other => panic!("{other:?}"),
                }
            })
            .collect()
    }

    #[test]
    fn objects_are_cut_at_their_braces_outside_strings() {
        let text = "[\n{\"a\": \"}\\\"{\"},\n {\"b\": {\"c\": 1}}]\n{}";
        assert_eq!(
            objects(text),
            [
                (2, Ok("{\"a\": \"}\\\"{\"}".to_owned())),
                (3, Ok("{\"b\": {\"c\": 1}}".to_owned())),
                (4, Ok("{}".to_owned()))
            ]
        );
    }

    #[test]
    fn what_is_no_object_and_what_is_not_closed_are_one_fault_each() {
        let found = objects("[null, {}, {\"a\": ");
        assert_eq!(found[0], (1, Err("found \"null\"".to_owned())));
        assert_eq!(found[1], (1, Ok("{}".to_owned())));
        assert_eq!(
            found[2].1.as_ref().unwrap_err(),
            "broken JSON: the file ends inside an object"
        );
        assert_eq!(found.len(), 3);
    }
}
