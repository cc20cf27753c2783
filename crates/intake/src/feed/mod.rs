//! Feeds and lists of links: RSS, Atom, news sitemaps and OPML, entry by entry, so that one of any length passes through
//! bounded memory. A bad entry is an error that names it; the entries after it are still read.

mod entry;
pub(crate) mod json;
mod seen;

use std::io::BufRead;
use std::iter;

use encoding_rs::Encoding;

use crate::feed::entry::{Entry, Field};
use crate::feed::seen::Seen;
use crate::xml::{Element, Node, Xml, local};
use crate::{Arrival, Arrivals, Error, Given, Limits, Link, To};

/// What kind of list the XML is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Rss,
    Atom,
    Sitemap,
    /// A sitemap of sitemaps.
    Index,
    Opml,
}

impl Form {
    /// Knows a list by the name of its outermost element.
    fn of(root: &str) -> Option<Form> {
        match local(root) {
            "rss" | "RDF" | "RSS" => Some(Form::Rss),
            "feed" => Some(Form::Atom),
            "urlset" => Some(Form::Sitemap),
            "sitemapindex" => Some(Form::Index),
            "opml" | "OPML" => Some(Form::Opml),
            _ => None,
        }
    }

    /// The element that holds one entry.
    fn entry(self) -> &'static str {
        match self {
            Form::Rss => "item",
            Form::Atom => "entry",
            Form::Sitemap => "url",
            Form::Index => "sitemap",
            Form::Opml => "outline",
        }
    }

    /// What an entry is called in messages.
    fn part(self) -> &'static str {
        match self {
            Form::Rss | Form::Atom => "item",
            Form::Sitemap | Form::Index => "link",
            Form::Opml => "outline",
        }
    }
}

/// Reads a feed or list. Its encoding is the one its carrier tells, or else its own.
pub(crate) fn feed<'a>(
    name: &str,
    stream: impl BufRead + 'a,
    encoding: Option<&'static Encoding>,
    given: &Given,
    limits: &Limits,
) -> Arrivals<'a> {
    match Feed::open(name, stream, encoding, given, limits) {
        Ok(feed) => Box::new(feed),
        Err(error) => Box::new(iter::once(Err(error))),
    }
}

/// Reads the beginning of a feed or list that goes on beyond these bytes: its entries, and at last that there are more.
pub(crate) fn beginning<'a>(
    name: &str,
    bytes: &'a [u8],
    encoding: Option<&'static Encoding>,
    given: &Given,
    limits: &Limits,
) -> Arrivals<'a> {
    match Feed::open(name, bytes, encoding, given, limits) {
        Ok(feed) => Box::new(Feed { cut: Some(bytes.len()), ..feed }),
        Err(error) => Box::new(iter::once(Err(error))),
    }
}

/// An element of an entry, as far as it was read.
struct Collected {
    field: Field,
    /// How deep it stands.
    depth: usize,
    /// It says that its text is markup.
    is_markup: bool,
    /// It has elements of its own.
    has_tags: bool,
    text: String,
}

/// A list that is read entry by entry.
struct Feed<R: BufRead> {
    name: String,
    xml: Xml<R>,
    form: Form,
    /// What the outermost element has in front of its name, colon and all: it stands in front of its own elements too.
    prefix: String,
    given: Given,
    limits: Limits,
    /// What the feed says of itself before its first entry.
    channel: Entry,
    seen: Seen,
    count: u64,
    /// How many bytes there are, where they are only the first ones.
    cut: Option<usize>,
    ended: bool,
}

impl<R: BufRead> Feed<R> {
    fn open(
        name: &str,
        stream: R,
        encoding: Option<&'static Encoding>,
        given: &Given,
        limits: &Limits,
    ) -> Result<Feed<R>, Error> {
        let fault = |fault: String| Error::Form { name: name.to_owned(), fault };
        let mut xml = Xml::new(stream, encoding, limits);
        let root = loop {
            match xml.next().map_err(fault)? {
                Some(Node::Open(root)) => break root.name,
                Some(Node::Text(_) | Node::Close(_)) => {}
                None => return Err(Error::Empty { name: name.to_owned() }),
            }
        };
        let form = Form::of(&root).ok_or_else(|| {
            let root: String = root.chars().take(40).collect();
            fault(format!("XML of a kind that is not read: it begins with <{root}>"))
        })?;
        let prefix = root.strip_suffix(local(&root)).unwrap_or_default().to_owned();
        Ok(Feed {
            name: name.to_owned(),
            xml,
            form,
            prefix,
            given: given.clone(),
            limits: limits.clone(),
            channel: Entry::default(),
            seen: Seen::default(),
            count: 0,
            cut: None,
            ended: false,
        })
    }

    fn fault(&self, fault: impl Into<String>) -> Error {
        Error::Part { name: self.name.clone(), part: self.form.part(), number: self.count, fault: fault.into() }
    }

    /// What an element's text is, by its name.
    fn field(&self, element: &Element) -> Field {
        let own = element.name.strip_prefix(self.prefix.as_str()).unwrap_or(&element.name);
        match self.form {
            Form::Rss | Form::Atom => Field::of_feed(own, self.form == Form::Atom),
            Form::Sitemap | Form::Index => Field::of_sitemap(own),
            Form::Opml => Field::None,
        }
    }

    /// Reads the next piece. Where the XML is broken, the list ends.
    fn node(&mut self) -> Result<Option<Node>, Error> {
        self.xml.next().map_err(|fault| {
            self.ended = true;
            match self.count {
                0 => Error::Form { name: self.name.clone(), fault },
                _ => self.fault(format!("{fault}; nothing can be read behind it")),
            }
        })
    }

    /// Finds the next entry and reads it; none at the end of the list.
    fn next_entry(&mut self) -> Result<Option<Entry>, Error> {
        loop {
            let node = self.node()?;
            // Of a list that nests ever deeper, nothing is an entry; the reader keeps every open name.
            if self.xml.depth() > self.limits.depth {
                self.ended = true;
                let fault = format!("elements nested more than {} deep", self.limits.depth);
                return Err(Error::Form { name: self.name.clone(), fault });
            }
            match node {
                None => return Ok(None),
                Some(Node::Open(element)) if local(&element.name).eq_ignore_ascii_case(self.form.entry()) => {
                    self.xml.mark();
                    self.count += 1;
                    match self.form {
                        Form::Opml => {
                            // Only some outlines are feeds; others are folders of them.
                            if let Some(entry) = Entry::of_outline(&element) {
                                return Ok(Some(entry));
                            }
                        }
                        Form::Rss | Form::Atom | Form::Sitemap | Form::Index => return self.entry(&element).map(Some),
                    }
                }
                Some(Node::Open(element)) if self.count == 0 => {
                    self.xml.mark();
                    let field = self.field(&element);
                    if !element.is_empty || field == Field::Link {
                        self.channel_field(&element, field)?;
                    }
                }
                Some(Node::Open(_) | Node::Close(_) | Node::Text(_)) => self.xml.mark(),
            }
        }
    }

    /// Reads a line that the feed says of itself.
    fn channel_field(&mut self, element: &Element, field: Field) -> Result<(), Error> {
        if field == Field::Link && element.attribute("href").is_some() {
            self.channel.take_link(element);
            return Ok(());
        }
        if !matches!(field, Field::Title | Field::Link) {
            return Ok(());
        }
        let mut text = String::new();
        loop {
            match self.node()? {
                Some(Node::Text(more)) => text += &more,
                Some(Node::Open(_)) => {}
                Some(Node::Close(_)) | None => break,
            }
        }
        self.channel.put(field, text, false);
        Ok(())
    }

    /// Reads an entry to its end. What is wrong with it is said only then, so that the next one can be read.
    fn entry(&mut self, opened: &Element) -> Result<Entry, Error> {
        let mut entry = Entry::default();
        if opened.is_empty {
            return Ok(entry);
        }
        entry.take_about(opened);
        let outside = self.xml.depth().saturating_sub(1);
        let mut open: Option<Collected> = None;
        let (mut fault, mut size) = (None, 0);
        loop {
            let node = self.node()?;
            if self.xml.depth() > outside + self.limits.depth {
                fault.get_or_insert_with(|| format!("elements nested more than {} deep", self.limits.depth));
            }
            match node {
                None => {
                    self.ended = true;
                    return Err(self.fault("the file ends inside of it"));
                }
                Some(Node::Close(name)) if name == opened.name || self.xml.depth() <= outside => break,
                Some(Node::Open(element)) => match &mut open {
                    Some(collected) => {
                        collected.has_tags = true;
                        size += element.name.len() + 2;
                        collected.text.extend(["<", element.name.as_str(), ">"]);
                    }
                    None => {
                        let field = self.field(&element);
                        if field == Field::Link && element.attribute("href").is_some() {
                            entry.take_link(&element);
                        }
                        // Without content, and inside of elements that only hold others, there is nothing to collect.
                        if !element.is_empty && field != Field::Group {
                            let is_markup = element.attribute("type").is_some_and(|kind| kind.contains("html"));
                            let depth = self.xml.depth();
                            open = Some(Collected { field, depth, is_markup, has_tags: false, text: String::new() });
                        }
                    }
                },
                Some(Node::Close(name)) => {
                    if let Some(mut collected) = open.take() {
                        if self.xml.depth() < collected.depth {
                            let Collected { field, is_markup, has_tags, text, .. } = collected;
                            entry.put(field, text, is_markup || has_tags);
                        } else {
                            size += name.len() + 3;
                            collected.text.extend(["</", name.as_str(), ">"]);
                            open = Some(collected);
                        }
                    }
                }
                Some(Node::Text(more)) => {
                    if let Some(collected) = open.as_mut().filter(|collected| collected.field != Field::None) {
                        size += more.len();
                        // Among tags that are tags here, a bracket of the text stays one.
                        match collected.has_tags {
                            true => collected.text.push_str(&html_escape::encode_text(&more)),
                            false => collected.text.push_str(&more),
                        }
                    }
                }
            }
            if size > self.limits.body {
                fault.get_or_insert_with(|| format!("longer than {} bytes", self.limits.body));
            }
            if fault.is_some() {
                open = None;
            }
        }
        self.xml.close_to(outside);
        match fault {
            Some(fault) => Err(self.fault(fault)),
            None => Ok(entry),
        }
    }

    fn arrival(&mut self, entry: Entry) -> Result<Arrival, Error> {
        let place = format!("{} {} {}", self.name, self.form.part(), self.count);
        let link = |to: To, entry: Entry| {
            let url = entry.link.as_ref().or(entry.permalink.as_ref()).filter(|url| !url.is_empty());
            let Some(url) = url.and_then(|url| self.channel.resolve(url, &self.given)) else {
                return Err(self.fault("no link"));
            };
            let Entry { title, published, updated, guid, .. } = entry;
            Ok(Arrival::Link(Link { url, to, title, published, updated, guid }))
        };
        match self.form {
            Form::Rss | Form::Atom => {
                let number = self.count;
                let settled = entry.settle(&place, number, &self.channel, &mut self.seen, &self.given, &self.limits);
                settled.map_err(|fault| self.fault(fault))
            }
            Form::Sitemap => {
                if let Some(date) = &entry.published {
                    entry::not_later(date, &self.limits).map_err(|fault| self.fault(fault))?;
                }
                link(To::Page, entry)
            }
            Form::Index => link(To::Sitemap, entry),
            Form::Opml => link(To::Feed, entry),
        }
    }
}

impl<R: BufRead> Iterator for Feed<R> {
    type Item = Result<Arrival, Error>;

    fn next(&mut self) -> Option<Result<Arrival, Error>> {
        if self.ended {
            return None;
        }
        let entry = self.next_entry();
        self.ended |= matches!(entry, Ok(None));
        // Wherever it was cut, inside of an entry or between two, that is all there is to say about its end.
        if let Some(limit) = self.cut.filter(|_| self.ended && self.xml.is_at_end()) {
            return Some(Err(Error::Cut {
                name: self.name.clone(),
                limit,
                part: self.form.part(),
                number: self.count,
            }));
        }
        entry.transpose().map(|entry| entry.and_then(|entry| self.arrival(entry)))
    }
}

#[cfg(test)]
mod tests;
