// Verifylog checks a whole C2SP tlog-tiles log with nothing but Go's own transparency log packages.
//
//	verifylog BASE KEY
//
// BASE is a URL or a folder, KEY the log's verifier key. It exits 1 and says where if the
// checkpoint, any entry, any tile or any proof is not what it must be.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: verifylog BASE KEY")
		os.Exit(2)
	}
	if err := verify(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "verifylog:", err)
		os.Exit(1)
	}
}

func verify(base, key string) error {
	files := newSource(base)
	tree, err := openCheckpoint(files, key)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	tiles := newTileSource(files)
	sizes := spread(tree.N)
	roots, err := recompute(files, tiles, tree.N, sizes)
	if err != nil {
		return err
	}
	if tree.N == 0 {
		return fmt.Errorf("checkpoint: an empty log proves nothing")
	}
	if roots[tree.N] != tree.Hash {
		return fmt.Errorf("the entries give the root %v, signed is %v", roots[tree.N], tree.Hash)
	}
	if err := checkInclusion(tiles, tree); err != nil {
		return err
	}
	checked, err := checkConsistency(tiles, tree, sizes, roots)
	if err != nil {
		return err
	}
	fmt.Printf("ok: %d events, all included; %d consistency proofs between %d sizes\n",
		tree.N, checked, len(sizes))
	return nil
}
