//! An HTTP response as an archive keeps it: status, the headers that matter, and the body unchunked and unpacked. It does not
//! talk to servers.

use std::io::Read;

use super::page::{LARGEST_PAGE, Page};
use crate::error::{Fault, Result};

/// The page of a response; `None` where it is none: a picture, a redirection, an error.
pub(super) fn page_of_response(bytes: &[u8], mut page: Page) -> Result<Option<Page>> {
    let end = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| (at, at + 4));
    let end = end.or_else(|| memchr::memmem::find(bytes, b"\n\n").map(|at| (at, at + 2)));
    let Some((head_end, body)) = end else {
        return Ok(None);
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default();
    if !status.starts_with("HTTP/") || status.split(' ').nth(1) != Some("200") {
        return Ok(None);
    }
    let (mut kind, mut packing, mut chunked) = (None, String::new(), false);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => kind = Some(value),
            "content-encoding" => packing = value,
            "transfer-encoding" => chunked = value.contains("chunked"),
            _ => {}
        }
    }
    let kind = kind.unwrap_or_else(|| "text/html".to_owned());
    if !(kind.starts_with("text/html") || kind.starts_with("application/xhtml")) {
        return Ok(None);
    }
    page.charset = kind
        .split_once("charset=")
        .map(|(_, charset)| charset.trim_matches(['"', '\'', ' ', ';']).to_owned());
    let mut body = bytes[body..].to_vec();
    if chunked && let Some(whole) = unchunked(&body) {
        body = whole;
    }
    page.bytes = unpacked(body, &packing)?;
    if page.bytes.len() > LARGEST_PAGE {
        return Err(Fault::new(format!(
            "a page of more than {} MB",
            LARGEST_PAGE >> 20
        )));
    }
    Ok(Some(page))
}

/// The body without its chunk heads; `None` where there are none: archives often take them off and leave the header.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memmem::find(body, b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 2..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..size)?);
        body = body.get(size + 2..)?;
    }
}

/// The body as the page was written; one that is not packed, whatever its header says, stays.
fn unpacked(body: Vec<u8>, packing: &str) -> Result<Vec<u8>> {
    let limit = LARGEST_PAGE as u64 + 1;
    let mut out = Vec::new();
    let read = if packing.contains("gzip") && body.starts_with(&[0x1F, 0x8B]) {
        flate2::read::MultiGzDecoder::new(body.as_slice())
            .take(limit)
            .read_to_end(&mut out)
    } else if packing.contains("deflate") && body.first() == Some(&0x78) {
        flate2::read::ZlibDecoder::new(body.as_slice())
            .take(limit)
            .read_to_end(&mut out)
    } else if packing.contains("zstd") && body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        zstd::Decoder::new(body.as_slice())
            .and_then(|decoder| decoder.take(limit).read_to_end(&mut out))
    } else if packing.trim() == "br" && !body.trim_ascii_start().starts_with(b"<") {
        return Err(Fault::new("a page packed with brotli")
            .expected("a page that is plain, gzip, deflate or zstd"));
    } else {
        return Ok(body);
    };
    match read {
        Ok(_) => Ok(out),
        Err(error) => Err(Fault::new(format!(
            "a page that cannot be unpacked: {error}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(response: &[u8]) -> Option<Vec<u8>> {
        page_of_response(response, Page::default())
            .unwrap()
            .map(|page| page.bytes)
    }

    #[test]
    fn chunks_are_joined_where_there_are_any() {
        let head =
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
        let chunked = [
            head.as_slice(),
            b"3\r\n<p>\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n",
        ]
        .concat();
        assert_eq!(body(&chunked).unwrap(), b"<p>0123456789");
        assert_eq!(
            body(&[head.as_slice(), b"<p>plain"].concat()).unwrap(),
            b"<p>plain"
        );
    }

    #[test]
    fn what_is_no_page_is_none() {
        assert_eq!(
            body(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>"),
            None
        );
        assert_eq!(
            body(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
            None
        );
        assert_eq!(body(b"junk"), None);
    }

    #[test]
    fn a_declared_charset_is_kept() {
        let response =
            b"HTTP/1.0 200 OK\r\ncontent-type: text/html; charset=\"ISO-8859-1\"\r\n\r\n<p>";
        let page = page_of_response(response, Page::default())
            .unwrap()
            .unwrap();
        assert_eq!(page.charset.as_deref(), Some("iso-8859-1"));
    }
}
