# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders the training tiles: tiles.npy (N x 256 x 256 x 3, BGR) and boxes.npy (N x 3 x 5, x y width height ignored)."""
import argparse
import os
import subprocess

import cv2
import numpy as np

import render
from photographs import Photographs

COLUMNS, ROWS = 5, 4  # tiles in one frame given to the encoder
MOST_BOXES = 12
FILMED = 6  # frames


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


def frames_before(tile, rng):
    """The tile as the last frame of a film: what a moving camera or vehicle showed in the frames before, with fresh grain in each."""
    step = rng.normal(0, 1, 2) * np.array([3.0, 1.2]) if rng.random() < 0.75 else np.zeros(2)
    growth = float(rng.normal(0, 0.008)) if rng.random() < 0.5 else 0.0
    sigma = float(np.exp(rng.uniform(np.log(2), np.log(14)))) if rng.random() < 0.45 else 0.0
    middle = tile.shape[0] / 2
    films = []
    for age in range(FILMED - 1, -1, -1):
        scale = (1 + growth) ** age
        shift = step * age + middle * (1 - scale)
        frame = tile if age == 0 else cv2.warpAffine(tile, np.array([[scale, 0, shift[0]], [0, scale, shift[1]]]), tile.shape[1::-1],
                                                     flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        if sigma:
            frame = np.clip(frame + rng.normal(0, sigma, frame.shape[:2] + (1,)), 0, 255).astype(np.uint8)
        films.append(frame)
    return films


def through_h264(tiles, crf, rng):
    """What a camera's encoder leaves of the tiles, each the end of a short film."""
    side = tiles[0].shape[0]
    size = f"{COLUMNS * side}x{ROWS * side}"
    for begin in range(0, len(tiles), COLUMNS * ROWS):
        films = [frames_before(tile, rng) for tile in tiles[begin:begin + COLUMNS * ROWS]]
        last = int(rng.integers(1, FILMED))
        frames = np.zeros((last + 1, ROWS * side, COLUMNS * side, 3), np.uint8)
        for index, film in enumerate(films):
            row, column = divmod(index, COLUMNS)
            for number, frame in enumerate(film[FILMED - 1 - last:]):
                frames[number, row * side:(row + 1) * side, column * side:(column + 1) * side] = frame
        encode = ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", size, "-i", "-", "-c:v", "libx264", "-threads", "1",
                  "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", str(crf), "-f", "matroska", "-"]
        coded = subprocess.run(encode, input=frames.tobytes(), stdout=subprocess.PIPE, check=True).stdout
        decode = ["ffmpeg", "-v", "error", "-threads", "1", "-i", "-", "-f", "rawvideo", "-pix_fmt", "bgr24", "-"]
        raw = subprocess.run(decode, input=coded, stdout=subprocess.PIPE, check=True).stdout
        shown = np.frombuffer(raw, np.uint8).reshape(-1, ROWS * side, COLUMNS * side, 3)[-1]
        for index in range(len(films)):
            row, column = divmod(index, COLUMNS)
            tiles[begin + index] = shown[row * side:(row + 1) * side, column * side:(column + 1) * side]


def compressed(tiles, rng):
    way = rng.random(len(tiles))
    for index in np.flatnonzero(way < 0.2):
        good, coded = cv2.imencode(".jpg", tiles[index], [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 92))])
        tiles[index] = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    chosen = np.flatnonzero(way > 0.4)
    for part, crf in zip(np.array_split(chosen, 7), (20, 25, 29, 32, 35, 38, 41)):
        if len(part):
            some = [tiles[index] for index in part]
            through_h264(some, crf, rng)
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
            found = sorted(found, key=lambda box: box[4])[:most_boxes]  # asked for first, those that count neither way last
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
    options.add_argument("--photographs", help="the folder of the pictures of labels.txt: pieces of those instead of rendered plates")
    options.add_argument("--labels", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "labels.txt"), help="which pictures, and the plates in them")
    chosen = options.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(chosen.out, exist_ok=True)
    if chosen.photographs:
        photographs = Photographs(chosen.photographs, chosen.labels)
    else:
        pictures = read_backgrounds(chosen.backgrounds)
        print(len(pictures), "backgrounds")

    def scene(seed):
        tile, found = photographs.scene(seed) if chosen.photographs else render.scene(seed, pictures)
        return np.ascontiguousarray(tile[..., ::-1]), found

    write_tiles(chosen, render.SIDE, MOST_BOXES, scene)


if __name__ == "__main__":
    main()
