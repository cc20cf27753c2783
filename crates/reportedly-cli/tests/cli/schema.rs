//! The printed schema describes the printed records.

use serde_json::{Map, Value};

use super::{program, run, run_in, story};

#[test]
fn the_schema_holds_for_every_record_of_the_story() {
    let printed = run(program().arg("schema"), b"");
    assert_eq!((printed.code, printed.err.as_str()), (Some(0), ""));
    let schema: Value = serde_json::from_slice(&printed.out).expect("the schema is JSON");
    assert_eq!(schema["title"], "Record");
    for mut record in run_in(&story(), &["read", ".", "--format", "jsonl"]).records() {
        assert_eq!(faults(&schema, &schema, &record, "record"), Vec::<String>::new());
        // The check itself is checked: it must see what is missing, wrong or unknown.
        record["report"]["language"]["analysed"] = "yes".into();
        record["offsets"] = Value::Null;
        if let Some(fields) = record.as_object_mut() {
            fields.remove("notes");
        }
        assert_eq!(faults(&schema, &schema, &record, "record").len(), 3);
    }
}

/// Finds where a value is not as a schema says. Knows the keywords that record types come to, and refuses any other.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let Some(rules) = schema.as_object() else {
        return if schema == &Value::Bool(true) { Vec::new() } else { vec![format!("{at}: nothing is allowed")] };
    };
    let mut found = Vec::new();
    for (keyword, rule) in rules {
        let list = || rule.as_array().expect("a list of schemas").iter();
        let sound = |schema: &Value| faults(root, schema, value, at).is_empty();
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "format" | "default" => true,
            "$ref" => {
                let pointer =
                    rule.as_str().and_then(|path| path.strip_prefix('#')).expect("a reference inside the schema");
                found.extend(faults(root, root.pointer(pointer).expect("the definition is there"), value, at));
                true
            }
            "type" => {
                rule.as_array().map_or_else(|| is_of(rule, value), |types| types.iter().any(|one| is_of(one, value)))
            }
            "properties" => {
                for (name, schema) in rule.as_object().expect("schemas by name") {
                    if let Some(field) = value.get(name) {
                        found.extend(faults(root, schema, field, &format!("{at}.{name}")));
                    }
                }
                true
            }
            "required" => !value.is_object() || list().filter_map(Value::as_str).all(|name| value.get(name).is_some()),
            "additionalProperties" => value.as_object().is_none_or(|fields| named_only(rules, rule, fields)),
            "items" => {
                for (i, one) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(faults(root, rule, one, &format!("{at}[{i}]")));
                }
                true
            }
            "minItems" => value.as_array().is_none_or(|all| Some(all.len() as u64) >= rule.as_u64()),
            "maxItems" => value.as_array().is_none_or(|all| Some(all.len() as u64) <= rule.as_u64()),
            "minimum" => value.as_f64().is_none_or(|number| Some(number) >= rule.as_f64()),
            "maximum" => value.as_f64().is_none_or(|number| Some(number) <= rule.as_f64()),
            "enum" => list().any(|one| one == value),
            "const" => rule == value,
            "anyOf" => list().any(sound),
            "oneOf" => list().filter(|schema| sound(schema)).count() == 1,
            "allOf" => list().all(sound),
            // The one pattern is that of ids.
            "pattern" => {
                assert_eq!(rule, "^[a-z][0-9a-f]{12}$");
                value.as_str().is_some_and(|id| id.len() == 13 && id[1..].bytes().all(|b| b.is_ascii_hexdigit()))
            }
            other => panic!("the schema says {other:?}, which is not checked"),
        };
        if !holds {
            found.push(format!("{at}: {keyword} {rule}"));
        }
    }
    found
}

fn is_of(name: &Value, value: &Value) -> bool {
    match name.as_str().expect("a type is a name") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

fn named_only(rules: &Map<String, Value>, rule: &Value, fields: &Map<String, Value>) -> bool {
    rule != &Value::Bool(false)
        || fields.keys().all(|name| rules.get("properties").is_some_and(|named| named.get(name).is_some()))
}
