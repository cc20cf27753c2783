"""The training sets, cut by the project's own `cargo xtask prepare` and labelled word by word.

Every set yields documents {id, set, words, pieces, features, lines, labels...}; a set can be left out by name.
Offsets are code points. Labels that a set does not have are absent, and the losses skip them.
"""
import bisect, collections, hashlib, json, os, pickle, subprocess

SETS = {  # name -> (train file, dev file, licence as the set states it)
    # Some articles come in the versions of several annotators: all are shown, so that where they differ the target is soft.
    "attribution": ("attribution/train.jsonl attribution/train.second-annotators.jsonl", "attribution/dev.jsonl", "PolNeAR: research release, none stated for the data"),
    "names": ("entities/worldwide.train.jsonl", "entities/worldwide.dev.jsonl", "Worldwide newswire names: none stated"),
    "places": ("places/train.jsonl", "places/dev.jsonl", "TR-News, LGL, GeoVirus, GeoWebNews: texts third-party"),
    "times": ("times/timebank.jsonl times/aquaint.jsonl",) * 2 + ("TimeBank and AQUAINT (TempEval-3): research release",),
    "syntax": ("syntax/gum.train.conllu", "syntax/gum.dev.conllu", "GUM UD: annotations CC BY 4.0, texts by genre"),
}
NAME_TYPES = ["Person", "Organization", "Location", "NORP", "Facility", "Product", "Date", "Money", "Misc"]
NAME_TAGS = ["O"] + [f"{p}-{t}" for t in NAME_TYPES for p in "BI"]


TIME_TYPES = ["DATE", "TIME", "DURATION", "SET"]
# How two of a sentence are bound, and a holder to the title; types of `eval/relations` that count as one another.
BONDS = ["none", "post", "titled", "spokesperson_of", "member_of", "parent_of", "spouse_of", "sibling_of", "kin_of", "citizen_of", "resident_of",
         "born_in", "part_of", "located_in", "owned_by", "published_by", "lawyer_of", "ally_of", "founder_of", "alias_of", "belongs_to"]
BOND_TYPES = {"office": "post", "role": "post", "son_in_law_of": "kin_of", "child_in_law_of": "kin_of"}


def held_back(name):
    """Every fifth document by the hash of its name is dev, for sets that come without a dev part."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 5 == 0


def read_jsonl(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def read_conllu(path):
    """GUM documents with their text rebuilt: a blank line before each paragraph, words with offsets, trees."""
    docs, doc, sent, par = [], None, [], False

    def flush():
        nonlocal sent, par
        if sent:
            if doc["text"]:
                doc["text"] += "\n\n" if par else " "
            doc["starts"].append(len(doc["words"]))
            base, skip_until, space = len(doc["words"]), 0, ""
            for cols in sent:
                span, form, misc = cols[0], cols[1], cols[9]
                if "." in span:
                    continue
                if "-" in span:  # a multiword token: its words share its letters
                    a, b = map(int, span.split("-"))
                    skip_until, token, at = b, form, len(doc["text"])
                    doc["text"] += token
                    parts = [c for c in sent if c[0].isdigit() and a <= int(c[0]) <= b]
                    left = token
                    for k, p in enumerate(parts):
                        n = len(left) if k == len(parts) - 1 else min(len(p[1]), max(1, len(left) - (len(parts) - 1 - k)))
                        doc["words"].append([at, at + n])
                        at, left = at + n, left[n:]
                    doc["text"] += "" if "SpaceAfter=No" in misc else " "
                    continue
                if int(span) > skip_until:
                    at = len(doc["text"])
                    doc["text"] += form
                    doc["words"].append([at, len(doc["text"])])
                    doc["text"] += "" if "SpaceAfter=No" in misc else " "
                head = int(cols[6])
                doc["upos"].append(cols[3]); doc["xpos"].append(cols[4]); doc["deprel"].append(cols[7])
                doc["heads"].append(base + head - 1 if head else base + int(span) - 1)  # the root heads itself
            doc["text"] = doc["text"].rstrip(" ")
        sent, par = [], False

    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            flush()
            doc = dict(id=line.split("= ")[1], text="", words=[], starts=[], upos=[], xpos=[], deprel=[], heads=[])
            docs.append(doc)
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            flush(); par = True
        elif not line:
            flush()
        elif line[0] != "#":
            sent.append(line.split("\t"))
    flush()
    return docs


def prepare(docs, vocab, cache):
    """Runs the project's own cutter over the texts; the result is cached by content."""
    body = "".join(json.dumps({k: d[k] for k in ("id", "text", "words") if k in d}) + "\n" for d in docs).encode()
    key = hashlib.sha256(body + open(vocab, "rb").read()).hexdigest()[:16]
    path = os.path.join(cache, key + ".pickle")
    if not os.path.exists(path):
        os.makedirs(cache, exist_ok=True)
        out = subprocess.run(["cargo", "xtask", "prepare", vocab], input=body, stdout=subprocess.PIPE, check=True).stdout
        with open(path, "wb") as f:
            pickle.dump([json.loads(line) for line in out.splitlines()], f)
    with open(path, "rb") as f:
        return pickle.load(f)


def covered(words, s, e):
    """Index range of the words that a span of code points touches."""
    lo = bisect.bisect_right(words.ends, s)
    hi = lo
    while hi < len(words) and words[hi][0] < e:
        hi += 1
    return lo, hi


class Words(list):
    """Word offsets with their ends apart, for bisection."""
    def __init__(self, words):
        super().__init__(words)
        self.ends = [w[1] for w in words]


def bio(n, ranges):
    """Tags 0 O, 1 B, 2 I for word ranges; of overlapping ranges the longer wins."""
    tags = [0] * n
    for a, b in sorted(ranges, key=lambda r: r[0] - r[1]):
        if not any(tags[a:b]):
            tags[a:b] = [1] + [2] * (b - a - 1)
    return tags


def label_attribution(doc, raw):
    words, n = doc["words"], len(doc["words"])
    roles = {r: set() for r in ("source", "cue", "content")}
    by_cue = collections.OrderedDict()
    for a in raw["attributions"]:
        ranges = {r: sorted(x for x in {covered(words, s, e) for s, e in a[r]} if x[1] > x[0]) for r in roles}
        for r in roles:
            roles[r].update(ranges[r])
        if ranges["cue"]:
            args = by_cue.setdefault(tuple(ranges["cue"][0]), {"source": set(), "content": set()})
            for r in args:
                args[r].update(ranges[r])
    doc["attribution"] = {r: bio(n, roles[r]) for r in roles}
    doc["cues"] = [(c, sorted(a["source"]), sorted(a["content"])) for c, a in by_cue.items()]


def label_inner(doc, pairs):
    """Cues inside contents, from the project's own annotation: their tags, the stretches they stand in, and their parts."""
    words, by_cue = doc["words"], {}
    for p in pairs:
        ranges = {r: sorted({covered(words, s, e) for s, e in p[r]}) for r in ("source", "cue", "content")}
        if ranges["cue"] and ranges["content"]:
            by_cue.setdefault(ranges["cue"][0], (ranges["source"], ranges["content"]))
    doc["inner"] = bio(len(words), list(by_cue))
    doc["inner_cues"] = [(c, s, t) for c, (s, t) in sorted(by_cue.items())]
    doc["contents"] = sorted({tuple(r) for _, _, content in doc["cues"] for r in content})


def label_events(doc, stretch, first):
    """Events of an annotated stretch of a text that begins at `first`: words that name one, words that name none."""
    words, of = doc["words"], lambda span: covered(words, span[0] - first, span[1] - first)
    a, b = of((stretch.get("from", 0), stretch.get("until", first + len(doc["text"]))))
    doc["is_event"] = [0 if a <= k < b else -100 for k in range(len(words))]
    doc["events"] = []
    for e in stretch["events"]:
        for span in [e["trigger"], *e.get("also", [])]:
            s, t = of(span)
            if s < t:
                doc["is_event"][s:t] = [1] + [-100] * (t - s - 1)
                doc["events"].append(dict(word=s, type=e["type"], status=e["status"]))


def phrase_head(doc, a, b):
    """The word that a phrase is told by: of a name its last one, of a description the one before "of", "in" or a comma."""
    said = [doc["text"][x:y] for x, y in doc["words"][a:b]]
    if not (said[-1][:1].isupper() and (said[0][:1].isupper() or said[0].lower() in ("the", "a", "an"))):
        for k, word in enumerate(said):
            if k and word in ("of", "for", "to", "in", "on", "at", "from", ",", "who", "which", "that", "(", "with"):
                return a + k - 1
    return b - 2 if b - a > 1 and said[-1] in ("'s", "’s", "’", "'") else b - 1


def label_bonds(doc, sentences, relations, first):
    """Which words of annotated sentences stand for two that are bound, and how; a post is bound to its title as well."""
    def word(span):
        a, b = covered(doc["words"], span[0] - first, span[1] - first)
        return phrase_head(doc, a, b) if a < b else None

    doc["bound"] = [r for r in (covered(doc["words"], s - first, e - first) for s, e in sentences) if r[0] < r[1]]
    doc["bonds"] = {}
    for r in relations:
        types = [r["type"]] if isinstance(r["type"], str) else r["type"]
        types = sorted({BOND_TYPES.get(t, t) for t in types})
        one, other, title = (word(r[k]) if r[k] else None for k in ("from", "to", "title"))
        if one is None:
            continue
        pairs = [(one, other, types)] if other is not None else []
        if title is not None:
            pairs.append((one, title, ["titled"]))
        if set(types) <= {"spouse_of", "sibling_of", "kin_of", "ally_of", "alias_of"} and other is not None:
            pairs.append((other, one, types))
        for i, j, of in pairs:
            if i != j:
                known = doc["bonds"].setdefault((i, j), [])
                known += [k for k in map(BONDS.index, of) if k not in known]


def read_bonds(paths):
    """Annotated sentences and relations, by text."""
    out = {}
    for r in (r for path in paths for r in read_jsonl(path)):
        sentences, relations = out.setdefault((r["set"], r["id"]), ([], []))
        sentences += r["sentences"] if "sentences" in r else [r["sentence"]]
        relations += r["relations"]
    return out


def load_bonds(data, bonds, vocab, cache, around=300, held=False):
    """Returns the sentences of `read_bonds` with what stands around them, those of a text that stand together as one document."""
    texts = {(name, r["id"]): r["text"] for name in sorted({k[0] for k in bonds}) for r in read_jsonl(os.path.join(data, name + ".jsonl"))}
    raw, of = [], []
    for key in sorted(bonds):
        if (sum(key[1].encode()) % 8 == 0) != held:
            continue
        sentences, relations = bonds[key]
        groups = []
        for s in sorted(map(tuple, sentences)):
            if groups and s[0] - groups[-1][-1][1] < 400 and s[1] - groups[-1][0][0] < 2500:
                groups[-1].append(s)
            else:
                groups.append([s])
        for k, g in enumerate(groups):
            text = texts[key]
            first = text.rfind("\n", 0, max(0, g[0][0] - around)) + 1
            raw.append(dict(id=f"{k}|{key[1]}", text=text[first : g[-1][1] + around]))
            of.append((first, g, [r for r in relations if any(s <= r["from"][0] < e for s, e in g)]))
    out = []
    for r, (first, g, relations), p in zip(raw, of, prepare(raw, vocab, cache)):
        doc = dict(id=r["id"], set="bonds", text=r["text"], words=Words(p["words"]), pieces=p["pieces"], features=p["features"])
        label_bonds(doc, g, relations, first)
        out.append(doc)
    return out


def label_clusters(doc, mentions):
    """Heads of mentions and whom each is of, in the order of the text."""
    heads = {}
    for m in mentions:
        a, b = covered(doc["words"], *m["head"])
        if a < b:
            heads.setdefault(a, m["cluster"])
    doc["mentions"] = sorted(heads.items())


def typed(doc, spans, types):
    """BIO tags of {start, end, type} spans; of overlapping ones the longer wins."""
    tags = [0] * len(doc["words"])
    for e in sorted(spans, key=lambda e: e["start"] - e["end"]):
        a, b = covered(doc["words"], e["start"], e["end"])
        if b > a and not any(tags[a:b]) and e["type"] in types:
            k = types.index(e["type"])
            tags[a:b] = [1 + 2 * k] + [2 + 2 * k] * (b - a - 1)
    return tags


def load_events(data, path, vocab, cache, before=600, behind=900, held=False, bonds=None):
    """Returns the annotated stretches of real texts, with what stands around them; every eighth text (as in
    `xtask/src/eval/events.rs`) is left to measure with, and returned where `held`. Of `bonds` what stands in them is taken out."""
    stretches = [g for g in read_jsonl(path) if (sum(g["id"].encode()) % 8 == 0) == held]
    texts = {(name, r["id"]): r["text"] for name in sorted({g["set"] for g in stretches}) for r in read_jsonl(os.path.join(data, name + ".jsonl"))}
    raw, firsts = [], []
    for k, g in enumerate(stretches):
        text = texts[g["set"], g["id"]]
        first = text.rfind("\n", 0, max(0, g.get("from", 0) - before)) + 1
        end = g.get("until", len(text))
        last = text.find("\n", end + 200)
        raw.append(dict(id=f"{k}|{g['id']}", text=text[first : min(last if last > 0 else len(text), end + behind)]))
        firsts.append(first)
    out = []
    for r, g, first, p in zip(raw, stretches, firsts, prepare(raw, vocab, cache)):
        doc = dict(id=r["id"], set="events", text=r["text"], words=Words(p["words"]), pieces=p["pieces"], features=p["features"], first=first, gold=g)
        label_events(doc, g, first)
        within = lambda span: first <= span[0] and span[1] <= first + len(r["text"])
        sentences, relations = (bonds or {}).get((g["set"], g["id"]), ((), ()))
        if sentences and any(map(within, sentences)):
            label_bonds(doc, list(filter(within, sentences)), [x for x in relations if within(x["from"])], first)
            sentences[:] = [x for x in sentences if not within(x)]
            if not sentences:
                bonds.pop((g["set"], g["id"]))
        out.append(doc)
    return out


def load(data, split, sets, vocab, cache, inner=None):
    """Returns the labelled documents of the named sets. inner: annotated attributions inside contents, {id, pairs} lines."""
    clusters = {c["id"]: c["mentions"] for c in read_jsonl(os.path.join(data, f"coref/gum.{split}.jsonl"))} if "syntax" in sets else {}
    out, pairs = [], {g["id"]: g["pairs"] for g in read_jsonl(inner)} if inner else {}
    for name in sets:
        paths = [os.path.join(data, p) for p in SETS[name][0 if split == "train" else 1].split()]
        raw = [r for p in paths for r in (read_conllu(p) if p.endswith("conllu") else read_jsonl(p))]
        versions = collections.Counter(r.get("id") for r in raw)
        if SETS[name][0] == SETS[name][1]:
            raw = [r for r in raw if held_back(r["id"]) == (split == "dev")]
        for i, r in enumerate(raw):
            r["id"] = r.get("id", str(i))
        for r, p in zip(raw, prepare(raw, vocab, cache)):
            assert r["id"] == p["id"]
            doc = dict(id=r["id"], set=name, text=r["text"], words=Words(p["words"]), pieces=p["pieces"], features=p["features"])
            if name == "attribution":
                label_attribution(doc, r)
                doc["share"] = min(1, 2 / versions[r["id"]])  # all versions of an article together are shown twice
                if r["id"] in pairs:
                    label_inner(doc, pairs.pop(r["id"]))
            elif name == "names":
                doc["names"] = typed(doc, r["entities"], NAME_TYPES)
            elif name == "places":
                doc["places"] = typed(doc, [dict(t, type="Place") for t in r["toponyms"]], ["Place"])
            elif name == "times":
                doc["times"] = typed(doc, r["timexes"], TIME_TYPES)
            else:
                doc.update({k: r[k] for k in ("starts", "upos", "xpos", "deprel", "heads")})
                label_clusters(doc, clusters.get(r["id"], []))
            out.append(doc)
    return out


def load_facts(path, vocab, cache):
    """Sentences with words that are told as more or less factual (UDS-IH2)."""
    raw = [r for r in read_jsonl(path) if r["events"]]
    out = []
    for r, p in zip(raw, prepare([dict(id=r["id"], text=r["text"]) for r in raw], vocab, cache)):
        doc = dict(id=r["id"], set="facts", text=r["text"], words=Words(p["words"]), pieces=p["pieces"], features=p["features"])
        at = {w[0]: k for k, w in enumerate(doc["words"])}
        doc["facts"] = [(at[e["start"]], e["score"]) for e in r["events"] if e["start"] in at]
        out.append(doc)
    return out


def load_actors(path, vocab, cache):
    """Sentences with who does something and to whom (CAMEO)."""
    raw = read_jsonl(path)
    out = []
    for r, p in zip(raw, prepare([dict(id=r["id"], text=r["text"]) for r in raw], vocab, cache)):
        doc = dict(id=r["id"], set="actors", text=r["text"], words=Words(p["words"]), pieces=p["pieces"], features=p["features"])
        spans = [dict(start=e["start"], end=e["end"], type={"SRC": "source", "TAR": "target"}.get(e["label"])) for e in r["spans"]]
        doc["actors"] = typed(doc, spans, ["source", "target"])
        out.append(doc)
    return out


def label_parts(docs, states, name):
    """Which part each noun of a sentence plays in each event of an annotated stretch, by the words that `cargo xtask sights` asks of."""
    import roles
    read = {d["id"]: d for d in read_jsonl(f"{states}/{name}.jsonl")}
    seen = {d["id"]: d for d in read_jsonl(f"{states}/{name}.sights.jsonl")}
    for doc in docs:
        g, first = doc["gold"], doc["first"]
        d, of = read[f"{g['set']}|{g['id']}"], dict((start, found) for start, found in seen[f"{g['set']}|{g['id']}"]["pairs"])
        at, mine = {w[0]: i for i, w in enumerate(d["words"])}, {w[0] + first: k for k, w in enumerate(doc["words"])}
        doc["parts"] = []
        for e in g["events"]:
            a, b = e["trigger"]
            start = next((x for x in of if a <= x < b), None)
            if start in mine:
                labels = roles.labels(e, of[start], d, at)
                found = [(mine[word[0]], label) for (word, *_), label in zip(of[start], labels) if label >= 0 and word[0] in mine]
                doc["parts"].append((mine[start], found))


def load_texts(path, vocab, cache):
    """Returns documents without labels, from {id, text} lines."""
    raw = [dict(id=r["id"], text=r["text"]) for r in read_jsonl(path)]
    return [dict(id=r["id"], set="texts", text=r["text"], words=Words(p["words"]), pieces=p["pieces"], features=p["features"])
            for r, p in zip(raw, prepare(raw, vocab, cache))]


def windows(doc, most, first=0):
    """Word ranges of at most `most` pieces, cut behind a sentence where possible. `first` shifts the first cut."""
    sizes, n = [len(p) for p in doc["pieces"]], len(doc["words"])
    ends = [doc["text"][w[0]:w[1]] in ".!?”\"" for w in doc["words"]]
    cuts, at = [0], 0
    limit = first or most
    while at < n:
        end, room = at, limit
        while end < n and sizes[end] <= room:
            room -= sizes[end]; end += 1
        end = max(end, at + 1)
        if end < n:
            back = end
            while back > at + (end - at) // 2 and not (doc["features"][back][2] == 1 or ends[back - 1]):
                back -= 1
            if back > at + (end - at) // 2:
                end = back
        cuts.append(end); at = end; limit = most
    return list(zip(cuts, cuts[1:]))
