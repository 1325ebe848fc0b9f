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
import dataset as plates  # noqa: E402 how tiles are written
from photographs import Photographs  # noqa: E402

MOST_BOXES = 24
WIDTHS = scenes.SMALLEST, scenes.LARGEST, 8


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pictures", required=True, help="the folder that pictures.py filled")
    options.add_argument("--out", required=True)
    options.add_argument("--count", type=int, default=6000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--photographs", action="store_true", help="pieces of the pictures of photographs.txt instead of composed scenes")
    chosen = options.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(chosen.out, exist_ok=True)
    if chosen.photographs:
        photographs = Photographs(chosen.pictures, os.path.join(HERE, "photographs.txt"), WIDTHS)
    else:
        sources = scenes.Sources(chosen.pictures, os.path.join(HERE, "labels.txt"))
        print({kind: len(pictures) for kind, pictures in sources.faces.items()}, len(sources.empty), "without people")

    def scene(seed):
        if not chosen.photographs:
            return scenes.scene(seed, sources)
        tile, found = photographs.scene(seed)
        return np.ascontiguousarray(tile[..., ::-1]), found

    plates.write_tiles(chosen, scenes.SIDE, MOST_BOXES, scene)


if __name__ == "__main__":
    main()
