//! The best dependency tree of a sentence: one root, every word on one head, no circles.

/// Returns the head of every word, a root heading itself, for scores where row i holds every word's score as the head of
/// word i and the diagonal that of being the root. Chu and Liu (1965), Edmonds (1967), with exactly one root.
pub(crate) fn tree(arcs: &[f32], words: usize) -> Vec<usize> {
    let row = |i: usize| &arcs[i * words..(i + 1) * words];
    let greedy: Vec<usize> = (0..words).map(|i| best(row(i))).collect();
    let roots: Vec<usize> = (0..words).filter(|i| greedy[*i] == *i).collect();
    if roots.len() == 1 && circle(&greedy, roots[0]).is_none() {
        return greedy;
    }
    // No tree, or not one root: every good candidate for the root is tried.
    let mut candidates: Vec<usize> = (0..words).collect();
    candidates.sort_by(|a, b| row(*b)[*b].total_cmp(&row(*a)[*a]).then(a.cmp(b)));
    candidates.truncate(MOST_ROOTS);
    let scores: Vec<Vec<f32>> = (0..words).map(|i| row(i).to_vec()).collect();
    let tried = candidates.into_iter().map(|root| {
        let mut heads = hang(&scores, root);
        heads[root] = root;
        let sum: f32 = (0..words).map(|i| scores[i][heads[i]]).sum();
        (sum, heads)
    });
    tried.reduce(|top, next| if next.0 > top.0 { next } else { top }).map_or_else(Vec::new, |(_, heads)| heads)
}

/// Roots that are tried in one sentence, the best by their own score.
const MOST_ROOTS: usize = 5;

fn best(row: &[f32]) -> usize {
    row.iter().enumerate().fold(0, |top, (j, score)| if *score > row[top] { j } else { top })
}

/// Hangs every node but the root on its best head so that no circle is left. Scores are `[node][head]`.
fn hang(scores: &[Vec<f32>], root: usize) -> Vec<usize> {
    let nodes = scores.len();
    let mut heads: Vec<usize> = (0..nodes)
        .map(|i| {
            (0..nodes)
                .filter(|j| *j != i)
                .fold(root, |top, j| if scores[i][j] > scores[i][top] || top == i { j } else { top })
        })
        .collect();
    heads[root] = root;
    let Some(circle) = circle(&heads, root) else { return heads };
    // The circle becomes one node, the last of a smaller graph.
    let outside: Vec<usize> = (0..nodes).filter(|i| !circle.contains(i)).collect();
    let one = outside.len();
    let mut smaller = vec![vec![f32::NEG_INFINITY; one + 1]; one + 1];
    let mut enters = vec![0; one]; // by which node of the circle a head outside enters it
    let mut leaves = vec![0; one]; // from which node of the circle a node outside hangs best
    for (a, i) in outside.iter().enumerate() {
        for (b, j) in outside.iter().enumerate() {
            smaller[a][b] = scores[*i][*j];
        }
        for v in &circle {
            let gain = scores[*v][*i] - scores[*v][heads[*v]];
            if gain > smaller[one][a] {
                (smaller[one][a], enters[a]) = (gain, *v);
            }
            if scores[*i][*v] > smaller[a][one] {
                (smaller[a][one], leaves[a]) = (scores[*i][*v], *v);
            }
        }
    }
    let root_there = outside.iter().position(|i| *i == root).unwrap_or(0);
    let small = hang(&smaller, root_there);
    for (a, i) in outside.iter().enumerate().filter(|(_, i)| **i != root) {
        heads[*i] = if small[a] == one { leaves[a] } else { outside[small[a]] };
    }
    let head = small[one];
    heads[enters[head]] = outside[head];
    heads
}

/// Returns the nodes of a circle among the heads, if there is one.
fn circle(heads: &[usize], root: usize) -> Option<Vec<usize>> {
    let mut seen = vec![usize::MAX; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while at != root && seen[at] == usize::MAX {
            seen[at] = start;
            at = heads[at];
        }
        if at != root && seen[at] == start {
            let mut nodes = vec![at];
            while heads[nodes[nodes.len() - 1]] != at {
                nodes.push(heads[nodes[nodes.len() - 1]]);
            }
            return Some(nodes);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    /// All trees of a few words, by trying every assignment of heads.
    fn by_hand(arcs: &[f32], n: usize) -> f32 {
        (0..n.pow(n as u32))
            .filter_map(|code| {
                let heads: Vec<usize> = (0..n).map(|i| code / n.pow(i as u32) % n).collect();
                let roots: Vec<usize> = (0..n).filter(|i| heads[*i] == *i).collect();
                (roots.len() == 1 && circle(&heads, roots[0]).is_none())
                    .then(|| (0..n).map(|i| arcs[i * n + heads[i]]).sum())
            })
            .fold(f32::NEG_INFINITY, f32::max)
    }

    proptest! {
        #[test]
        fn the_tree_is_a_tree_and_the_best(n in 1usize..6, seed in proptest::collection::vec(-8i32..8, 36)) {
            let arcs: Vec<f32> = seed[..n * n].iter().map(|x| *x as f32).collect();
            let heads = tree(&arcs, n);
            let roots: Vec<usize> = (0..n).filter(|i| heads[*i] == *i).collect();
            prop_assert_eq!(roots.len(), 1);
            let root = roots[0];
            prop_assert_eq!(circle(&heads, root), None);
            let sum: f32 = (0..n).map(|i| arcs[i * n + heads[i]]).sum();
            prop_assert!(sum >= by_hand(&arcs, n));
        }
    }
}
