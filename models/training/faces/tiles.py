# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the training tiles: tiles.npy (N x 256 x 256 x 3, BGR) and boxes.npy (N x 24 x 5, x y width height ignored)."""
import argparse
import os
import sys

import cv2
import numpy as np

import scenes

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "plates"))
import dataset as plates  # noqa: E402 how tiles go through JPEG and H.264

MOST_BOXES = 24


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pictures", required=True, help="the folder that sources.py filled")
    options.add_argument("--out", required=True)
    options.add_argument("--count", type=int, default=6000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(chosen.out, exist_ok=True)
    sources = scenes.Sources(chosen.pictures, os.path.join(HERE, "labels.txt"))
    print({kind: len(pictures) for kind, pictures in sources.faces.items()}, len(sources.empty), "without people")
    tiles = np.lib.format.open_memmap(os.path.join(chosen.out, "tiles.npy"), "w+", np.uint8, (chosen.count, scenes.SIDE, scenes.SIDE, 3))
    boxes = np.zeros((chosen.count, MOST_BOXES, 5), np.float32)
    part = 1000
    for begin in range(0, chosen.count, part):
        made = []
        for index in range(begin, min(begin + part, chosen.count)):
            tile, found = scenes.scene(chosen.seed * 1000003 + index, sources)
            made.append(tile)
            found.sort(key=lambda box: box[4])
            if found:
                boxes[index, :len(found[:MOST_BOXES])] = found[:MOST_BOXES]
        plates.compressed(made, np.random.default_rng(chosen.seed * 1000003 + begin))
        tiles[begin:begin + len(made)] = made
        print(begin + len(made), flush=True)
    np.save(os.path.join(chosen.out, "boxes.npy"), boxes)


if __name__ == "__main__":
    main()
