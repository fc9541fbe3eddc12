//! INCEpTION's UIMA CAS JSON 0.4.0: one file a document, its statements in the layer `webanno.custom.Statement`, and the
//! other fields of the row in `webanno.custom.Row`. Offsets count UTF-16 units. It makes no sentences and tokens, which
//! INCEpTION makes itself.

use serde_json::{Map, Value, json};

use super::super::exchange::ANSWERS;
use super::super::import::INCEPTION_ROW;
use super::{Task, Written, answers, file_name, offsets};

const STATEMENT_TYPE: &str = "webanno.custom.Statement";
const ABOUT: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";

pub(super) fn write(tasks: &[Task]) -> Vec<Written> {
    tasks
        .iter()
        .enumerate()
        .map(|(at, task)| {
            let name = file_name(task, at);
            Written {
                text: cas(task, &name).to_string() + "\n",
                name: Some(name + ".json"),
            }
        })
        .collect()
}

fn cas(task: &Task, name: &str) -> Value {
    let text = task.text();
    let units = units(&text);
    let end = units.last().copied().unwrap_or_default();
    let fields = Value::Object(task.rest(&ANSWERS[..1])).to_string();
    let mut structures = vec![
        json!({"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": text}),
        json!({"%ID": 2, "%TYPE": ABOUT, "@sofa": 1, "begin": 0, "end": end, "documentTitle": name}),
        json!({"%ID": 3, "%TYPE": INCEPTION_ROW, "@sofa": 1, "fields": fields}),
    ];
    for statement in task.shown() {
        let (start, stop) = offsets(&statement).unwrap_or((0, units.len() - 1));
        let mut structure = json!({
            "%ID": structures.len() + 1, "%TYPE": STATEMENT_TYPE, "@sofa": 1,
            "begin": units.get(start), "end": units.get(stop),
        });
        for (name, answer) in answers(&statement) {
            structure[name.as_str()] = answer;
        }
        structures.push(structure);
    }
    let members: Vec<usize> = (2..=structures.len()).collect();
    json!({
        "%TYPES": types(),
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    })
}

/// UTF-16 units before each code point, and at the end.
fn units(text: &str) -> Vec<usize> {
    let mut units = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for c in text.chars() {
        units.push(count);
        count += c.len_utf16();
    }
    units.push(count);
    units
}

fn types() -> Value {
    let of = |name: &str, above: &str, features: &[&str]| {
        let mut fields = Map::new();
        fields.insert("%NAME".to_owned(), name.into());
        fields.insert("%SUPER_TYPE".to_owned(), above.into());
        for feature in features {
            let range = json!({"%NAME": feature, "%RANGE": "uima.cas.String"});
            fields.insert((*feature).to_owned(), range);
        }
        Value::Object(fields)
    };
    json!({
        STATEMENT_TYPE: of(STATEMENT_TYPE, "uima.tcas.Annotation", &ANSWERS),
        INCEPTION_ROW: of(INCEPTION_ROW, "uima.cas.AnnotationBase", &["fields"]),
        ABOUT: of(ABOUT, "uima.tcas.DocumentAnnotation", &["documentTitle"]),
    })
}
