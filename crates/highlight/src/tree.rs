//! A tree to a list of its nodes, which patterns can be tried on.

use arborium::tree_sitter::{Tree, TreeCursor};

use crate::query::{Node, Query};

/// All nodes of a tree as they begin.
pub(crate) fn nodes(tree: &Tree, queries: &[&Query], nodes: &mut Vec<Node>) {
    nodes.clear();
    let mut cursor = tree.walk();
    let mut open = Vec::new();
    loop {
        let at = nodes.len();
        nodes.push(node(&cursor, queries));
        if cursor.goto_first_child() {
            open.push(at);
            continue;
        }
        let mut last = Some(at);
        while let Some(ended) = last {
            nodes[ended].next = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
            if cursor.goto_next_sibling() {
                break;
            }
            cursor.goto_parent();
            last = open.pop();
        }
        if last.is_none() {
            return;
        }
    }
}

fn node(cursor: &TreeCursor<'_>, queries: &[&Query]) -> Node {
    let node = cursor.node();
    let kind = node.kind_id();
    let asks = queries.iter().any(|query| query.asks_field(kind));
    let field = if asks { cursor.field_id().map_or(0, |field| field.get()) } else { 0 };
    // Code is shorter than this by far.
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let (start, end) = (place(node.start_byte()), place(node.end_byte()));
    Node { kind, field, named: node.is_named(), start, end, next: 0 }
}
