//! Which format an input is in: what the user says, else its ending, else its first bytes. It does not read further.

use std::path::Path;

/// How an input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article of plain text.
    Text,
    /// One JSON article a line.
    Jsonl,
    /// JSON articles one after another or in a list, over any number of lines.
    Json,
    /// A table with a head line; the delimiter is told by it.
    Csv,
    /// A web page.
    Html,
    /// A web archive.
    Warc,
    /// A Parquet table.
    Parquet,
    /// A Nexis Uni export (DOCX).
    Nexis,
    /// A Factiva export (HTML).
    Factiva,
}

/// Endings of files that hold articles.
const ENDINGS: [(&str, Format); 15] = [
    ("txt", Format::Text),
    ("text", Format::Text),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("jsonlines", Format::Jsonl),
    ("json", Format::Json),
    ("csv", Format::Csv),
    ("tsv", Format::Csv),
    ("tab", Format::Csv),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("warc", Format::Warc),
    ("parquet", Format::Parquet),
    ("docx", Format::Nexis),
];

/// The endings in words, for those who look for them.
pub(super) fn endings() -> String {
    let all: Vec<String> = ENDINGS.iter().map(|(end, _)| format!(".{end}")).collect();
    format!("{}, also packed as .gz or .zst", all.join(", "))
}

/// The format that the name of a file tells; a packed file has two endings.
pub(super) fn by_ending(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let bare = [".gz", ".gzip", ".zst", ".zstd"]
        .iter()
        .find_map(|packed| name.strip_suffix(packed))
        .unwrap_or(&name);
    let (_, end) = bare.rsplit_once('.')?;
    ENDINGS
        .iter()
        .find(|(known, _)| *known == end)
        .map(|(_, format)| *format)
}

/// The format that the first bytes tell: `Err` names one that holds no readable article.
pub(super) fn by_content(head: &[u8]) -> Result<Format, &'static str> {
    const FOREIGN: [(&[u8], &str); 10] = [
        (
            b"%PDF",
            "a PDF; convert it first, for example with pdftotext",
        ),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"{\\rtf", "RTF; save it as text or DOCX first"),
        (
            b"\xD0\xCF\x11\xE0",
            "an old Word file; save it as text or DOCX first",
        ),
        (b"BZh", "packed with bzip2; unpack it first"),
        (b"\xFD7zXZ", "packed with xz; unpack it first"),
        (b"7z\xBC\xAF", "a 7z archive; unpack it first"),
        (b"\x7FELF", "a program"),
    ];
    if let Some((_, words)) = FOREIGN.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Err(words);
    }
    if head.starts_with(b"PAR1") {
        return Ok(Format::Parquet);
    }
    if head.starts_with(b"PK\x03\x04") {
        return Ok(Format::Nexis);
    }
    if head.starts_with(b"WARC/") {
        return Ok(Format::Warc);
    }
    let bare = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let bare = bare.trim_ascii_start();
    let mut marks = bare.iter().filter(|byte| !byte.is_ascii_whitespace());
    Ok(match (marks.next(), marks.next()) {
        (Some(b'['), Some(b'{')) => Format::Json,
        (Some(b'{'), Some(b'"' | b'}')) if opens_a_long_record(bare) => Format::Json,
        (Some(b'{'), _) => Format::Jsonl,
        (Some(b'<'), _) if is_page(bare) => Format::Html,
        _ => Format::Text,
    })
}

/// Whether the first line is a brace alone, as pretty-printers write it.
fn opens_a_long_record(bare: &[u8]) -> bool {
    let line = bare.split(|byte| *byte == b'\n').next().unwrap_or_default();
    bare.contains(&b'\n') && line.trim_ascii() == b"{"
}

fn is_page(bare: &[u8]) -> bool {
    let head = bare[..bare.len().min(512)].to_ascii_lowercase();
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<?xml",
    ]
    .iter()
    .any(|mark| memchr::memmem::find(&head, mark.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_read_without_case_and_behind_a_packing() {
        assert_eq!(by_ending(Path::new("a/b.JSONL.gz")), Some(Format::Jsonl));
        assert_eq!(by_ending(Path::new("x.warc.zst")), Some(Format::Warc));
        assert_eq!(by_ending(Path::new("x.gz")), None);
        assert_eq!(by_ending(Path::new("README")), None);
    }

    #[test]
    fn first_bytes_tell_the_format() {
        assert_eq!(
            by_content(b"\xEF\xBB\xBF {\"text\":\"a\"}\n"),
            Ok(Format::Jsonl)
        );
        assert_eq!(by_content(b"{\n  \"text\": \"a\"\n}"), Ok(Format::Json));
        assert_eq!(by_content(b"[\n {"), Ok(Format::Json));
        assert_eq!(by_content(b"[Lesk] Talks"), Ok(Format::Text));
        assert_eq!(by_content(b"<!DOCTYPE HTML><p>"), Ok(Format::Html));
        assert_eq!(by_content(b"<b>Talks</b>"), Ok(Format::Text));
        assert!(by_content(b"%PDF-1.7").unwrap_err().starts_with("a PDF"));
    }
}
