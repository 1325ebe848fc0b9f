# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders the training tiles: tiles.npy (N x 256 x 256 x 3, BGR) and boxes.npy (N x 3 x 5, x y width height ignored)."""
import argparse
import os
import subprocess

import cv2
import numpy as np

import render

COLUMNS, ROWS = 5, 4  # tiles in one frame given to the encoder
MOST_BOXES = 3


def read_backgrounds(folders):
    here = os.path.dirname(os.path.abspath(__file__))
    pictures = []
    for line in open(os.path.join(here, "backgrounds.txt"), encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        name, _, _, count = (part.strip() for part in line.split("|"))
        path = next((os.path.join(folder, name) for folder in folders if os.path.exists(os.path.join(folder, name))), None)
        if path is None:
            print("not there, left out:", name)
            continue
        if path.endswith((".png", ".jpg")):
            pictures.append(cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB))
            continue
        clip = cv2.VideoCapture(path)
        frames = []
        while True:
            good, frame = clip.read()
            if not good:
                break
            frames.append(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
        pictures += [frames[index] for index in np.linspace(0, len(frames) - 1, int(count)).astype(int)] if frames else []
    return [picture for picture in pictures if min(picture.shape[:2]) >= 140]


def through_h264(tiles, crf):
    """What a camera's encoder leaves of the tiles; a moment of stillness and one frame more, so that both kinds of picture are there."""
    side = render.SIDE
    size = f"{COLUMNS * side}x{ROWS * side}"
    frames = []
    for begin in range(0, len(tiles), COLUMNS * ROWS):
        part = tiles[begin:begin + COLUMNS * ROWS]
        frame = np.zeros((ROWS * side, COLUMNS * side, 3), np.uint8)
        for index, tile in enumerate(part):
            row, column = divmod(index, COLUMNS)
            frame[row * side:(row + 1) * side, column * side:(column + 1) * side] = tile
        frames.append(frame)
    encode = ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", size, "-i", "-", "-c:v", "libx264", "-threads", "1",
              "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", str(crf), "-f", "matroska", "-"]
    coded = subprocess.run(encode, input=b"".join(frame.tobytes() for frame in frames), stdout=subprocess.PIPE, check=True).stdout
    decode = ["ffmpeg", "-v", "error", "-threads", "1", "-i", "-", "-f", "rawvideo", "-pix_fmt", "bgr24", "-"]
    raw = subprocess.run(decode, input=coded, stdout=subprocess.PIPE, check=True).stdout
    out = np.frombuffer(raw, np.uint8).reshape(-1, ROWS * side, COLUMNS * side, 3)
    for index in range(len(tiles)):
        frame, place = divmod(index, COLUMNS * ROWS)
        row, column = divmod(place, COLUMNS)
        tiles[index] = out[frame, row * side:(row + 1) * side, column * side:(column + 1) * side]


def compressed(tiles, rng):
    way = rng.random(len(tiles))
    for index in np.flatnonzero(way < 0.25):
        good, coded = cv2.imencode(".jpg", tiles[index], [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 92))])
        tiles[index] = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    chosen = np.flatnonzero(way > 0.55)
    for part, crf in zip(np.array_split(chosen, 5), (20, 25, 30, 35, 39)):
        if len(part):
            some = [tiles[index] for index in part]
            through_h264(some, crf)
            for index, tile in zip(part, some):
                tiles[index] = tile


def write_tiles(chosen, side, most_boxes, scene):
    """tiles.npy and boxes.npy in chosen.out: chosen.count scenes from chosen.seed on, each a tile (BGR) and its boxes."""
    tiles = np.lib.format.open_memmap(os.path.join(chosen.out, "tiles.npy"), "w+", np.uint8, (chosen.count, side, side, 3))
    boxes = np.zeros((chosen.count, most_boxes, 5), np.float32)
    part = 1000
    for begin in range(0, chosen.count, part):
        made = []
        for index in range(begin, min(begin + part, chosen.count)):
            tile, found = scene(chosen.seed * 1000003 + index)
            made.append(tile)
            if found:
                boxes[index, :len(found)] = found
        compressed(made, np.random.default_rng(chosen.seed * 1000003 + begin))
        tiles[begin:begin + len(made)] = made
        print(begin + len(made), flush=True)
    np.save(os.path.join(chosen.out, "boxes.npy"), boxes)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", required=True)
    options.add_argument("--count", type=int, default=10000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--backgrounds", nargs="*", default=["/usr/lib/python3/dist-packages"], help="folders that hold the files of backgrounds.txt")
    chosen = options.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(chosen.out, exist_ok=True)
    pictures = read_backgrounds(chosen.backgrounds)
    print(len(pictures), "backgrounds")

    def scene(seed):
        tile, found = render.scene(seed, pictures)
        return np.ascontiguousarray(tile[..., ::-1]), found

    write_tiles(chosen, render.SIDE, MOST_BOXES, scene)


if __name__ == "__main__":
    main()
