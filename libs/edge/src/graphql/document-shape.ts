import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The document's fragments by name. Validation has refused unknown ones and cycles before any of this is asked. */
export function fragmentsOf(document: DocumentNode): Fragments {
  const definitions = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return new Map(
    (definitions as FragmentDefinitionNode[]).map((fragment) => [fragment.name.value, fragment]),
  );
}

/** The names of the root fields, aliases and fragments resolved; collecting stops after `atMost` + 1 of them. */
export function rootFields(set: SelectionSetNode, fragments: Fragments, atMost: number): string[] {
  const names: string[] = [];
  for (const selection of set.selections) {
    if (names.length > atMost) break;
    if (selection.kind === Kind.FIELD) {
      names.push(selection.name.value);
      continue;
    }
    const inner = selectionSetOf(selection, fragments);
    if (inner !== undefined) names.push(...rootFields(inner, fragments, atMost - names.length));
  }
  return names;
}

/** How many fields deep the selections nest; each fragment is measured once, however often it is spread. */
export function depthOf(
  set: SelectionSetNode,
  fragments: Fragments,
  measured = new Map<SelectionSetNode, number>(),
): number {
  const known = measured.get(set);
  if (known !== undefined) return known;
  let depth = 0;
  for (const selection of set.selections) {
    const inner = selectionSetOf(selection, fragments);
    const below = inner === undefined ? 0 : depthOf(inner, fragments, measured);
    depth = Math.max(depth, selection.kind === Kind.FIELD ? below + 1 : below);
  }
  measured.set(set, depth);
  return depth;
}

/**
 * Whether a field below the root has an alias. Under hundreds of aliases a list answers with hundreds of copies of itself:
 * a few kilobytes of document would make an answer of gigabytes.
 */
export function hasAliasBelowRoot(
  set: SelectionSetNode,
  fragments: Fragments,
  isRoot = true,
  searched = new Set<SelectionSetNode>(),
): boolean {
  if (searched.has(set)) return false;
  searched.add(set);
  return set.selections.some((selection) => {
    const isField = selection.kind === Kind.FIELD;
    if (isField && !isRoot && selection.alias !== undefined) return true;
    const inner = selectionSetOf(selection, fragments);
    return inner !== undefined && hasAliasBelowRoot(inner, fragments, isRoot && !isField, searched);
  });
}

function selectionSetOf(
  selection: SelectionSetNode['selections'][number],
  fragments: Fragments,
): SelectionSetNode | undefined {
  return selection.kind === Kind.FRAGMENT_SPREAD
    ? fragments.get(selection.name.value)?.selectionSet
    : selection.selectionSet;
}
