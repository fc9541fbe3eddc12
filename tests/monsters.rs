//! What is made to be too large or too deep costs itself and no more: it is read, or refused with the reason, in bounded
//! memory and time, and the run goes on. All text is invented.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

use std::io::Write;
use std::path::Path;
use std::process::Command;

const STANCE: &str = env!("CARGO_BIN_EXE_stance");

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn docx(xml: &[u8]) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    packed
        .start_file(
            "word/document.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    packed.write_all(xml).unwrap();
    packed.finish().unwrap().into_inner()
}

/// A table with one text of blanks.
#[cfg(feature = "parquet")]
fn parquet(blanks: &[u8]) -> Vec<u8> {
    use parquet::basic::{Compression, ZstdLevel};
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message articles { REQUIRED BINARY text (UTF8); }";
    let schema = parquet::schema::parser::parse_message_type(schema).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_dictionary_enabled(false)
        .build();
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, schema.into(), properties.into()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let values = [ByteArray::from(blanks.to_vec())];
    column
        .typed::<ByteArrayType>()
        .write_batch(&values, None, None)
        .unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    out
}

fn warc(head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n");
    let n = head.len() + body.len();
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kesh.example/\r\nContent-Length: {n}\r\n\r\n{head}"
    );
    [record.as_bytes(), body, b"\r\n\r\n"].concat()
}

/// Inputs that are made to cost more than they are worth, each with words that say what was refused; none for those that
/// are read.
fn monsters() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let page = |inner: String| {
        format!("<html><body><article>{inner}</article></body></html>").into_bytes()
    };
    let sentence = "Norvania rejected the truce, its president said after the talks. ";
    let blanks = vec![b' '; 300 << 20];
    let many = 1 << 20;
    let mut all = vec![
        ("nested.html", page("<div>".repeat(1_000) + &sentence.repeat(5)), "more than 512 elements inside each other"),
        ("marks.txt", format!("{sentence}{}{sentence}", "\u{201C}".repeat(10_000)).into_bytes(), ""),
        ("straight.txt", format!("{sentence}{}{sentence}", "\"a\" '".repeat(10_000)).into_bytes(), ""),
        ("word.txt", format!("{sentence}{} {sentence}", "a".repeat(1_000_000)).into_bytes(), ""),
        ("capital.txt", format!("{sentence}{} said. {sentence}", "Aa".repeat(500_000)).into_bytes(), ""),
        ("marks-on-one-letter.txt", format!("{sentence}A{}", "\u{301}".repeat(500_000)).into_bytes(), ""),
        ("no-space.txt", format!("{sentence}{}", ",.;:".repeat(200_000)).into_bytes(), ""),
        ("deep.json", format!("{{\"text\":\"{sentence}\",\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes(), "broken JSON"),
        ("deep-label.jsonl", "{\"a\":".repeat(100_000).into_bytes(), "broken JSON"),
        ("attributes.html", page(format!("<p {}>{sentence}", "a=1 ".repeat(100_000))), "attributes"),
        ("references.html", page("&amp;".repeat(200_000)), "character references"),
        ("bomb.jsonl.gz", gzip(&blanks), "unpacks to more than 250 times its size"),
        ("bomb.jsonl.zst", zstd::encode_all(&blanks[..], 1).unwrap(), "unpacks to more than 250 times its size"),
        ("twice.txt.gz", gzip(&gzip(&blanks[..64 << 20])), "zero bytes, which no text has"),
        ("bomb.docx", docx(&[b"<w:document><w:body><w:p><w:t>".as_slice(), &blanks].concat()), "a document of more than 256 MB"),
        ("bomb.warc", warc("Content-Encoding: gzip\r\n", &gzip(&blanks)), "a page of more than 8 MB"),
        ("lies.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nHTTP/1.1 200 OK\r\n\r\n".to_vec(), "the archive ends inside a record"),
        ("chunks.warc", warc("Transfer-Encoding: chunked\r\n", b"FFFFFFFFFFFFFFFF\r\n<p>"), ""),
        ("heads.csv", "many words,".repeat(many).into_bytes(), "no column with the text"),
        ("commas.csv", format!("id,text{}\n1,x{}\n", ",".repeat(many), ",".repeat(many)).into_bytes(), ""),
    ];
    #[cfg(feature = "parquet")]
    all.push((
        "bomb.parquet",
        parquet(&blanks),
        "a column unpacks to more than 250 times its size",
    ));
    all
}

#[test]
fn what_is_made_to_be_too_large_costs_itself_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content, refusal) in monsters() {
        let path = write(folder.path(), name, content);
        // Two gigabytes of address space and a minute of processor time, of which half are the program's own.
        let run = Command::new("sh")
            .args([
                "-c",
                "ulimit -v 2000000; ulimit -t 60; exec \"$@\"",
                "sh",
                STANCE,
                "classify",
                "--threads",
                "1",
                &path,
            ])
            .output()
            .unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        let shown: String = said.chars().take(2_000).collect();
        assert!(
            run.status.code().is_some_and(|code| code == 0 || code == 2),
            "{name}: {:?} {shown}",
            run.status
        );
        assert!(said.contains(refusal), "{name}: {shown}");
        assert!(said.len() < 20_000, "{name} is repeated on standard error");
        assert!(
            !refusal.is_empty() || run.status.success(),
            "{name}: {shown}"
        );
        std::fs::remove_file(path).unwrap();
    }
}
