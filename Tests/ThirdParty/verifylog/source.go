package main

import (
	"container/list"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	// 256 entries of at most 65,535 bytes, each after two bytes of length.
	maxFileBytes = tileWidth * (2 + 65535)
	// Tiles kept: two right edges of eight levels, and the paths of two events.
	tilesKept = 64
)

// A source reads the files of a log from a URL or a folder.
type source struct {
	base   string
	client *http.Client
}

func newSource(base string) *source {
	return &source{
		base:   strings.TrimSuffix(base, "/"),
		client: &http.Client{Timeout: 30 * time.Second},
	}
}

func (s *source) read(path string) ([]byte, error) {
	if !strings.HasPrefix(s.base, "http://") && !strings.HasPrefix(s.base, "https://") {
		return os.ReadFile(filepath.Join(s.base, filepath.FromSlash(path)))
	}
	response, err := s.client.Get(s.base + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	return io.ReadAll(io.LimitReader(response.Body, maxFileBytes+1))
}

// c2spPath is the tile's path as C2SP tlog-tiles writes it: Go's without the height, and with
// "entries" for "data".
func c2spPath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", t.H))
	if strings.HasPrefix(path, "data/") {
		path = "entries/" + strings.TrimPrefix(path, "data/")
	}
	return "tile/" + path
}

// A tileSource is a tlog.TileReader over the files, with the newest tiles kept.
type tileSource struct {
	source *source
	kept   map[tlog.Tile]*list.Element
	order  *list.List
}

// An expandedTile is a tile with the hashes between its own and its root: levels[k] holds those of
// k levels up, as many as are complete.
type expandedTile struct {
	tile   tlog.Tile
	data   []byte
	levels [][]tlog.Hash
}

func newTileSource(s *source) *tileSource {
	return &tileSource{source: s, kept: make(map[tlog.Tile]*list.Element), order: list.New()}
}

func (s *tileSource) Height() int { return tileHeight }

func (s *tileSource) SaveTiles([]tlog.Tile, [][]byte) {}

func (s *tileSource) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		expanded, err := s.load(tile)
		if err != nil {
			return nil, err
		}
		data[i] = expanded.data
	}
	return data, nil
}

func (s *tileSource) load(tile tlog.Tile) (*expandedTile, error) {
	if element, ok := s.kept[tile]; ok {
		s.order.MoveToFront(element)
		return element.Value.(*expandedTile), nil
	}
	path := c2spPath(tile)
	data, err := s.source.read(path)
	if err != nil {
		return nil, err
	}
	if len(data) != tile.W*tlog.HashSize {
		return nil, fmt.Errorf("%s: %d bytes instead of %d", path, len(data), tile.W*tlog.HashSize)
	}
	expanded := expand(tile, data)
	s.kept[tile] = s.order.PushFront(expanded)
	if s.order.Len() > tilesKept {
		oldest := s.order.Remove(s.order.Back()).(*expandedTile)
		delete(s.kept, oldest.tile)
	}
	return expanded, nil
}

func expand(tile tlog.Tile, data []byte) *expandedTile {
	row := make([]tlog.Hash, tile.W)
	for i := range row {
		copy(row[i][:], data[i*tlog.HashSize:])
	}
	expanded := &expandedTile{tile: tile, data: data, levels: [][]tlog.Hash{row}}
	for len(row) > 1 {
		above := make([]tlog.Hash, len(row)/2)
		for i := range above {
			above[i] = tlog.NodeHash(row[2*i], row[2*i+1])
		}
		expanded.levels = append(expanded.levels, above)
		row = above
	}
	return expanded
}

// tileOf is the tile with hash n of a tile level, as wide as a tree of that size has it.
func tileOf(level int, n, size int64) tlog.Tile {
	first := n &^ (tileWidth - 1)
	width := size>>uint(tileHeight*level) - first
	if width > tileWidth {
		width = tileWidth
	}
	return tlog.Tile{H: tileHeight, L: level, N: n / tileWidth, W: int(width)}
}

// hashes is a tlog.HashReader over the tiles of a tree of the given size. It believes the tiles:
// the proofs made from its hashes are checked against the signed root.
func (s *tileSource) hashes(size int64) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			level, n := tlog.SplitStoredHashIndex(index)
			above := level % tileHeight
			tile := tileOf(level/tileHeight, n<<uint(above), size)
			expanded, err := s.load(tile)
			if err != nil {
				return nil, err
			}
			place := n - tile.N<<uint(tileHeight-above)
			if above >= len(expanded.levels) || place >= int64(len(expanded.levels[above])) {
				return nil, fmt.Errorf("%s has no hash %d of level %d", c2spPath(tile), n, level)
			}
			found[i] = expanded.levels[above][place]
		}
		return found, nil
	})
}
