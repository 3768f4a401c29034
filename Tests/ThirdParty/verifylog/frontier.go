package main

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// A frontier grows a tree from its records alone, and keeps only the roots of its perfect subtrees.
type frontier struct {
	size  int64
	nodes map[int64]tlog.Hash
}

func newFrontier() *frontier { return &frontier{nodes: make(map[int64]tlog.Hash)} }

// ReadHashes makes it a tlog.HashReader for what appending and the root need.
func (f *frontier) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hash, ok := f.nodes[index]
		if !ok {
			return nil, fmt.Errorf("hash %d is not on the frontier", index)
		}
		found[i] = hash
	}
	return found, nil
}

// add appends a record; it returns the hashes that are now complete, the record's first, then the
// perfect subtrees that it ends, one level each.
func (f *frontier) add(record tlog.Hash) ([]tlog.Hash, error) {
	complete, err := tlog.StoredHashesForRecordHash(f.size, record, f)
	if err != nil {
		return nil, err
	}
	for level := 0; level < len(complete)-1; level++ {
		left := f.size>>uint(level) - 1
		delete(f.nodes, tlog.StoredHashIndex(level, left))
	}
	top := len(complete) - 1
	f.nodes[tlog.StoredHashIndex(top, f.size>>uint(top))] = complete[top]
	f.size++
	return complete, nil
}

func (f *frontier) root() (tlog.Hash, error) { return tlog.TreeHash(f.size, f) }
