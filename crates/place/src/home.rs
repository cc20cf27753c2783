//! Where an outlet is at home, as far as its address tells.

/// What is known of a report beside its names of places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// ISO code of the outlet's country.
    pub country: Option<String>,
}

/// Top-level domains of countries that outlets anywhere use for their sound.
const SOLD: [&str; 14] = ["io", "co", "tv", "me", "ai", "fm", "to", "ly", "cc", "ws", "gg", "am", "is", "la"];

/// Returns the country that the last part of a host or address stands for: "GB" for `https://news.lorne.co.uk/1`.
pub fn country_of_host(address: &str) -> Option<String> {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let (_, last) = host.rsplit_once('.')?;
    let last = last.to_ascii_lowercase();
    match last.as_str() {
        "uk" => Some("GB".to_owned()),
        "gov" | "mil" => Some("US".to_owned()),
        _ if SOLD.contains(&last.as_str()) => None,
        _ if last.len() == 2 && last.bytes().all(|b| b.is_ascii_lowercase()) => Some(last.to_ascii_uppercase()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::country_of_host;

    #[test]
    fn the_last_part_of_a_host_tells_a_country() {
        let of = |address: &str| country_of_host(address).unwrap_or_default();
        assert_eq!(of("https://www.lornecourier.co.uk/news?id=1"), "GB");
        assert_eq!(of("lorne.ie"), "IE");
        assert_eq!([of("lorne.com"), of("lorne.tv"), of("The Lorne Courier"), of("")], ["", "", "", ""]);
    }
}
