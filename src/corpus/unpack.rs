//! Opens files and standard input; what is packed with gzip or Zstandard is unpacked, told by its first bytes, within a
//! bound on how much comes out of how little. It does not know what is inside.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Fault, Result};

/// A stream of bytes that another thread may read on.
pub(super) type Stream = Box<dyn BufRead + Send>;

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 16;

/// What may come out however little went in.
pub(super) const ALWAYS_ALLOWED: u64 = 64 << 20;

/// Text packs to a tenth, crawls with many copies to a hundredth; a thousandth is an attack or a slip.
pub(super) const GREATEST_RATIO: u64 = 250;

/// Opens a file or, for `-`, standard input. `count` takes the bytes as they are read, before unpacking.
///
/// # Errors
/// A path that is not there or cannot be read.
pub(super) fn open(path: &Path, count: &Arc<AtomicU64>) -> Result<Stream> {
    let fault = |doing: &str, error: &io::Error| Fault::io(path.display(), doing, error);
    let raw: Box<dyn Read + Send> = if path.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(|error| fault("open", &error))?)
    };
    let mut counted = BufReader::with_capacity(
        BUFFER,
        Counted {
            raw,
            count: Arc::clone(count),
        },
    );
    let head = counted.fill_buf().map_err(|error| fault("read", &error))?;
    if head.starts_with(&[0x1F, 0x8B]) {
        let (count, start) = (Arc::clone(count), count.load(Ordering::Relaxed));
        let start = start.saturating_sub(head.len() as u64);
        let unpacked = flate2::bufread::MultiGzDecoder::new(counted);
        return Ok(bounded(unpacked, count, start));
    }
    if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let (count, start) = (Arc::clone(count), count.load(Ordering::Relaxed));
        let start = start.saturating_sub(head.len() as u64);
        let unpacked =
            zstd::Decoder::with_buffer(counted).map_err(|error| fault("unpack", &error))?;
        return Ok(bounded(unpacked, count, start));
    }
    Ok(Box::new(counted))
}

fn bounded(unpacked: impl Read + Send + 'static, count: Arc<AtomicU64>, start: u64) -> Stream {
    Box::new(BufReader::with_capacity(
        BUFFER,
        Bounded {
            unpacked,
            out: 0,
            count,
            start,
        },
    ))
}

struct Counted {
    raw: Box<dyn Read + Send>,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.raw.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

struct Bounded<R> {
    unpacked: R,
    out: u64,
    count: Arc<AtomicU64>,
    start: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.unpacked.read(buffer)?;
        self.out += n as u64;
        let packed = self.count.load(Ordering::Relaxed) - self.start;
        if self.out > ALWAYS_ALLOWED && self.out / GREATEST_RATIO > packed {
            return Err(io::Error::other(format!(
                "it unpacks to more than {GREATEST_RATIO} times its size; if that is meant, unpack it first"
            )));
        }
        Ok(n)
    }
}

/// A stream that broke while it was read: packed data that end too early are said to.
pub(super) fn read_fault(path: &str, error: &io::Error) -> Fault {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return Fault::new("the packed data end too early")
            .at(path)
            .expected("the whole file")
            .remedy("get the file again; what stands before the break was read");
    }
    Fault::io(path, "read", error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn unpacked(packed: &[u8]) -> (Vec<u8>, Option<String>) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(packed).unwrap();
        let mut stream = open(file.path(), &Arc::default()).unwrap();
        let mut out = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => return (out, None),
                Ok(n) => out.extend_from_slice(&buffer[..n]),
                Err(error) => return (out, Some(read_fault("x", &error).to_string())),
            }
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn gzip_members_and_zstandard_frames_are_unpacked_and_other_bytes_stay() {
        let members = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(unpacked(&members), (b"one two".to_vec(), None));
        let frames = [
            zstd::encode_all(&b"one "[..], 3).unwrap(),
            zstd::encode_all(&b"two"[..], 3).unwrap(),
        ]
        .concat();
        assert_eq!(unpacked(&frames), (b"one two".to_vec(), None));
        assert_eq!(unpacked(b"plain"), (b"plain".to_vec(), None));
        assert_eq!(unpacked(b""), (Vec::new(), None));
    }

    #[test]
    fn data_that_end_too_early_say_so() {
        let whole = gzip(
            &(0..50_000u32)
                .flat_map(u32::to_le_bytes)
                .collect::<Vec<_>>(),
        );
        let (out, fault) = unpacked(&whole[..whole.len() / 2]);
        assert!(!out.is_empty());
        assert!(fault.unwrap().contains("the packed data end too early"));
    }

    #[test]
    fn a_bomb_is_stopped() {
        // 300 MB of zeros pack to about a thousandth in gzip.
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let zeros = vec![0u8; 1 << 20];
        for _ in 0..300 {
            packer.write_all(&zeros).unwrap();
        }
        let bomb = zstd::encode_all(&vec![0u8; 100 << 20][..], 3).unwrap();
        for packed in [packer.finish().unwrap(), bomb] {
            if packed.len() as u64 * GREATEST_RATIO < 100 << 20 {
                let (out, fault) = unpacked(&packed);
                assert!(
                    out.len() as u64
                        <= (64 << 20) + (1 << 20) + packed.len() as u64 * GREATEST_RATIO
                );
                assert!(fault.unwrap().contains("more than 250 times its size"));
            }
        }
    }
}
