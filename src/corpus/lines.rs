//! Cuts a stream into lines of bounded length, one record each. It does not understand them.

use std::io::{self, BufRead};

use super::cut::{Body, Cut, Place};
use super::unpack::{Stream, read_fault};
use crate::error::Fault;

/// Bytes of the longest record: no news article comes near it, and no slip of a delimiter can fill the memory.
pub(super) const LONGEST_RECORD: usize = 32 << 20;

/// The records of a file of lines.
pub(super) struct Lines {
    place: Place,
    stream: Stream,
    line: usize,
    ended: bool,
}

impl Lines {
    pub(super) fn new(place: Place, stream: Stream) -> Self {
        Self {
            place,
            stream,
            line: 0,
            ended: false,
        }
    }
}

/// A fault of a record that is longer than [`LONGEST_RECORD`].
pub(super) fn too_long() -> Fault {
    Fault::new(format!("a record of more than {} MB", LONGEST_RECORD >> 20))
        .expected("one article a record")
        .remedy("check the file")
}

/// What a line turned out to be.
pub(super) enum Line {
    Whole,
    TooLong,
    End,
}

/// Reads one line into `line`, which is emptied where the line is too long; the rest of it is passed over.
pub(super) fn read_line(stream: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let (mut any, mut too_long) = (false, false);
    loop {
        let ahead = match stream.fill_buf() {
            Ok(ahead) => ahead,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if ahead.is_empty() {
            return Ok(match (any, too_long) {
                (false, _) => Line::End,
                (true, true) => Line::TooLong,
                (true, false) => Line::Whole,
            });
        }
        any = true;
        let end = memchr::memchr(b'\n', ahead);
        let part = end.map_or(ahead, |end| &ahead[..end]);
        too_long |= line.len() + part.len() > LONGEST_RECORD;
        if too_long {
            *line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let n = end.map_or(ahead.len(), |end| end + 1);
        stream.consume(n);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Whole });
        }
    }
}

impl Iterator for Lines {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        while !self.ended {
            let mut line = Vec::new();
            let read = read_line(self.stream.as_mut(), &mut line);
            self.line += 1;
            let place = self.place.record(Some(self.line), None);
            match read {
                Ok(Line::Whole) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Line::Whole) => {
                    return Some(Cut {
                        place,
                        body: Body::Json(line),
                    });
                }
                Ok(Line::TooLong) => return Some(Cut::fault(&place, too_long())),
                Ok(Line::End) => {
                    self.ended = true;
                    let empty = self.line == 1;
                    return empty.then(|| {
                        let fault = Fault::new("the input is empty").expected("one article a line");
                        Cut::fault(&self.place, fault)
                    });
                }
                Err(error) => {
                    self.ended = true;
                    let fault = read_fault(&self.place.path, &error).line(self.line);
                    return Some(Cut::fault(&self.place, fault));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_line_that_is_too_long_is_passed_over_without_being_kept() {
        let long = vec![b'x'; LONGEST_RECORD + 5];
        let mut stream = Cursor::new([b"a\n".as_slice(), &long, b"\nb"].concat());
        let mut line = Vec::new();
        assert!(matches!(read_line(&mut stream, &mut line), Ok(Line::Whole)));
        assert_eq!(line, b"a");
        assert!(matches!(
            read_line(&mut stream, &mut line),
            Ok(Line::TooLong)
        ));
        assert!(line.capacity() == 0);
        assert!(matches!(read_line(&mut stream, &mut line), Ok(Line::Whole)));
        assert_eq!(line, b"b");
        assert!(matches!(read_line(&mut stream, &mut line), Ok(Line::End)));
    }
}
