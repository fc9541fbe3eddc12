//! Web archives (ISO 28500, as CC-NEWS has them), one record after another: the responses that hold web pages are cut out.
//! A damaged record costs itself; an archive that ends too early is one fault with its offset. It does not read pages.

use std::io::{self, BufRead, Read};

use super::cut::{Body, Cut, Place};
use super::http::page_of_response;
use super::lines::{Line, read_line};
use super::page::{LARGEST_PAGE, Page};
use super::unpack::{Stream, read_fault};
use crate::error::Fault;

/// Bytes of a response's head that are kept beside the page.
const HEAD: u64 = 64 << 10;

/// The pages of an archive.
pub(super) struct Pages {
    place: Place,
    stream: Tracked,
    /// Where the record begins whose first line was read already.
    begun: Option<u64>,
    records: usize,
    ended: bool,
}

/// A stream that knows how far it was read.
struct Tracked {
    stream: Stream,
    offset: u64,
}

impl Read for Tracked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buffer)?;
        self.offset += n as u64;
        Ok(n)
    }
}

impl BufRead for Tracked {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.stream.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.offset += n as u64;
        self.stream.consume(n);
    }
}

enum Step {
    /// Nothing for us in this record.
    Passed,
    Found(Cut),
    End,
}

/// The fields of a record's head that matter here.
#[derive(Default)]
struct Head {
    kind: String,
    url: Option<String>,
    date: Option<String>,
    length: Option<u64>,
}

impl Pages {
    pub(super) fn new(place: Place, stream: Stream) -> Self {
        Self {
            place,
            stream: Tracked { stream, offset: 0 },
            begun: None,
            records: 0,
            ended: false,
        }
    }

    fn at(&self, offset: u64) -> Place {
        Place {
            offset: Some(offset),
            ..self.place.record(None, None)
        }
    }

    fn step(&mut self) -> io::Result<Step> {
        let start = match self.begun.take() {
            Some(start) => start,
            None => match self.first_line()? {
                Ok(Some(start)) => start,
                Ok(None) => return Ok(Step::End),
                Err(fault) => return Ok(Step::Found(fault)),
            },
        };
        self.records += 1;
        let Some(head) = self.head()? else {
            return Ok(Step::Found(self.cut_short(start)));
        };
        let Some(length) = head.length else {
            let fault = Fault::new("a record without Content-Length").expected("a WARC record");
            return Ok(Step::Found(Cut::fault(&self.at(start), fault)));
        };
        let wanted = head.kind.eq_ignore_ascii_case("response");
        let kept = if wanted {
            length.min(LARGEST_PAGE as u64 + HEAD)
        } else {
            0
        };
        let mut bytes = Vec::new();
        (&mut self.stream).take(kept).read_to_end(&mut bytes)?;
        let passed = io::copy(&mut (&mut self.stream).take(length - kept), &mut io::sink())?;
        if bytes.len() as u64 + passed < length {
            return Ok(Step::Found(self.cut_short(start)));
        }
        if !wanted {
            return Ok(Step::Passed);
        }
        let place = self.at(start);
        let page = Page {
            url: head.url,
            date: head.date,
            ..Page::default()
        };
        Ok(match page_of_response(&bytes, page) {
            Ok(Some(page)) => Step::Found(Cut {
                place,
                body: Body::Page(Box::new(page)),
            }),
            Ok(None) => Step::Passed,
            Err(fault) => Step::Found(Cut::fault(&place, fault)),
        })
    }

    /// Reads on to the first line of the next record. Blank lines stand between records; anything else is damage, told
    /// once and passed over.
    fn first_line(&mut self) -> io::Result<Result<Option<u64>, Cut>> {
        let mut line = Vec::new();
        let mut damage = None;
        loop {
            let start = self.stream.offset;
            match read_line(&mut self.stream, &mut line)? {
                Line::Whole if line.starts_with(b"WARC/") => {
                    self.begun = damage.map(|_| start);
                    return Ok(match damage {
                        None => Ok(Some(start)),
                        Some(at) => Err(self.damaged(at)),
                    });
                }
                Line::Whole if line.trim_ascii().is_empty() => {}
                Line::Whole | Line::TooLong => damage = damage.or(Some(start)),
                Line::End => {
                    self.ended = true;
                    return Ok(damage.map_or(Ok(None), |at| Err(self.damaged(at))));
                }
            }
        }
    }

    fn damaged(&self, at: u64) -> Cut {
        let fault = Fault::new("bytes that belong to no record")
            .expected("a WARC record")
            .remedy("get the archive again; the records before and behind were read");
        Cut::fault(&self.at(at), fault)
    }

    fn cut_short(&mut self, start: u64) -> Cut {
        self.ended = true;
        let mut fault = Fault::new("the archive ends inside a record")
            .expected("the whole record")
            .remedy("get the archive again; the records before were read");
        fault.offset = Some(start);
        Cut::fault(&self.place, fault)
    }

    /// The head of a record; `None` where the archive ends in it.
    fn head(&mut self) -> io::Result<Option<Head>> {
        let mut head = Head::default();
        let mut line = Vec::new();
        loop {
            match read_line(&mut self.stream, &mut line)? {
                Line::End => return Ok(None),
                Line::TooLong => continue,
                Line::Whole if line.trim_ascii().is_empty() => return Ok(Some(head)),
                Line::Whole => {}
            }
            let words = String::from_utf8_lossy(&line);
            let Some((name, value)) = words.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => value.clone_into(&mut head.kind),
                "warc-target-uri" => {
                    head.url = Some(value.trim_matches(['<', '>']).to_owned());
                }
                "warc-date" => head.date = Some(value.to_owned()),
                "content-length" => head.length = value.parse().ok(),
                _ => {}
            }
        }
    }
}

impl Iterator for Pages {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        while !self.ended {
            match self.step() {
                Ok(Step::Passed) => {}
                Ok(Step::Found(cut)) => return Some(cut),
                Ok(Step::End) => {
                    self.ended = true;
                    let fault = Fault::new("no record").expected("a web archive (WARC)");
                    return (self.records == 0).then(|| Cut::fault(&self.place, fault));
                }
                Err(error) => {
                    self.ended = true;
                    let mut fault = read_fault(&self.place.path, &error);
                    fault.offset = Some(self.stream.offset);
                    return Some(Cut::fault(&self.place, fault));
                }
            }
        }
        None
    }
}
