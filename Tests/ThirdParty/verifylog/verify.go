package main

import (
	"encoding/binary"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// openCheckpoint verifies the signed note and reads the three lines of its text. (tlog.ParseTree
// reads only the header of Go's own database.)
func openCheckpoint(s *source, verifierKey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("the key: %w", err)
	}
	message, err := s.read("checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the text is not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("the size %q is no plain number", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// parseBundle cuts an entry bundle into its entries.
func parseBundle(data []byte, width int) ([][]byte, error) {
	entries := make([][]byte, 0, width)
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, fmt.Errorf("cut off after entry %d", len(entries)-1)
		}
		length := int(binary.BigEndian.Uint16(data))
		if len(data)-2 < length {
			return nil, fmt.Errorf("ends inside entry %d", len(entries))
		}
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	if len(entries) != width {
		return nil, fmt.Errorf("%d entries instead of %d", len(entries), width)
	}
	return entries, nil
}

// recompute hashes every entry, compares every hash of every tile with what the entries give, and
// returns the roots of the given sizes.
func recompute(s *source, tiles *tileSource, size int64, sizes []int64) (map[int64]tlog.Hash, error) {
	grown := newFrontier()
	roots := make(map[int64]tlog.Hash)
	for first := int64(0); first < size; first += tileWidth {
		tile := tileOf(0, first, size)
		bundle := tile
		bundle.L = -1
		path := c2spPath(bundle)
		data, err := s.read(path)
		if err != nil {
			return nil, err
		}
		entries, err := parseBundle(data, bundle.W)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for i, entry := range entries {
			position := first + int64(i)
			complete, err := grown.add(tlog.RecordHash(entry))
			if err != nil {
				return nil, err
			}
			if err := compare(tiles, size, position, complete); err != nil {
				return nil, err
			}
			if at := sort.Search(len(sizes), func(j int) bool { return sizes[j] >= grown.size }); at < len(sizes) && sizes[at] == grown.size {
				if roots[grown.size], err = grown.root(); err != nil {
					return nil, err
				}
			}
		}
	}
	return roots, nil
}

// compare holds the hashes that one event completes against the tiles that have them.
func compare(tiles *tileSource, size, position int64, complete []tlog.Hash) error {
	for level := 0; level < len(complete); level += tileHeight {
		n := position >> uint(level)
		tile, err := tiles.load(tileOf(level/tileHeight, n, size))
		if err != nil {
			return err
		}
		place := n - tile.tile.N*tileWidth
		if tile.levels[0][place] != complete[level] {
			return fmt.Errorf("%s: hash %d is not the one of the entries up to event %d",
				c2spPath(tile.tile), place, position)
		}
	}
	return nil
}

// checkInclusion proves every event from the tiles, and checks the proof against the signed root.
func checkInclusion(tiles *tileSource, tree tlog.Tree) error {
	hashes := tiles.hashes(tree.N)
	for position := int64(0); position < tree.N; position++ {
		record, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, position)})
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(tree.N, position, hashes)
		if err != nil {
			return fmt.Errorf("event %d: %w", position, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, position, record[0]); err != nil {
			return fmt.Errorf("event %d: %w", position, err)
		}
	}
	return nil
}

// checkConsistency proves each size consistent with the next one and with the whole, from tiles
// that tlog itself authenticates; the roots come from the entries.
func checkConsistency(tiles *tileSource, tree tlog.Tree, sizes []int64, roots map[int64]tlog.Hash) (int, error) {
	hashes := tlog.TileHashReader(tree, tiles)
	checked := 0
	check := func(from, to int64) error {
		proof, err := tlog.ProveTree(to, from, hashes)
		if err != nil {
			return fmt.Errorf("consistency from %d to %d: %w", from, to, err)
		}
		if err := tlog.CheckTree(proof, to, roots[to], from, roots[from]); err != nil {
			return fmt.Errorf("consistency from %d to %d: %w", from, to, err)
		}
		checked++
		return nil
	}
	for i, size := range sizes {
		if err := check(size, tree.N); err != nil {
			return checked, err
		}
		if i > 0 {
			if err := check(sizes[i-1], size); err != nil {
				return checked, err
			}
		}
	}
	return checked, nil
}

// spread picks sizes at the edges of tiles and of powers of two, and evenly between.
func spread(size int64) []int64 {
	picked := map[int64]bool{size: true}
	for power := int64(1); power > 0 && power <= size; power *= 2 {
		for _, n := range []int64{power - 1, power, power + 1} {
			picked[n] = true
		}
	}
	for i := int64(1); i < 64; i++ {
		picked[size/64*i+i%3] = true
	}
	var sizes []int64
	for n := range picked {
		if n > 0 && n <= size {
			sizes = append(sizes, n)
		}
	}
	sort.Slice(sizes, func(i, j int) bool { return sizes[i] < sizes[j] })
	return sizes
}
