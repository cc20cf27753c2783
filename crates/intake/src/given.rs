//! What the user says about a report, on the command line or in a file beside it. It overrides what the report says.

use serde::Deserialize;

use crate::Error;

/// What is given about a report from outside of it. Absent parts are read from the report itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Given {
    /// Who published it.
    pub outlet: Option<String>,
    /// When: RFC 3339, RFC 9557, a date and time without offset, or a date.
    pub published: Option<String>,
    /// IANA zone of its dates.
    pub zone: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
}

impl Given {
    /// Reads the JSON of a metadata file; `name` is the file's, for messages.
    ///
    /// # Errors
    /// When it is no JSON object with texts in the fields of [`Given`]. Other fields are ignored.
    pub fn from_json(name: &str, json: &[u8]) -> Result<Given, Error> {
        let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
        serde_json::from_slice(json).map_err(|error| Error::Sidecar {
            name: name.to_owned(),
            fault: format!("not the metadata of a report: {error}"),
        })
    }

    /// Returns each part of `self`, or else that of `other`.
    pub fn or(&self, other: &Given) -> Given {
        let part = |a: &Option<String>, b: &Option<String>| a.clone().or_else(|| b.clone());
        Given {
            outlet: part(&self.outlet, &other.outlet),
            published: part(&self.published, &other.published),
            zone: part(&self.zone, &other.zone),
            url: part(&self.url, &other.url),
            title: part(&self.title, &other.title),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_is_read_and_unknown_fields_do_not_matter() {
        let given = Given::from_json("a.meta.json", br#"{"outlet": "Echo", "zone": null, "desk": 3}"#).expect("valid");
        assert_eq!(given, Given { outlet: Some("Echo".to_owned()), ..Given::default() });
        let error = Given::from_json("a.meta.json", b"{\"outlet\": 3}").expect_err("a number");
        assert!(error.to_string().starts_with("`a.meta.json`: not the metadata of a report: "), "{error}");
    }
}
