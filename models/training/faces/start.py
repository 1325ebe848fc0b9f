# SPDX-License-Identifier: GPL-3.0-or-later
"""A checkpoint for train.py to go on from: the plate detector's weights, which know edges, grain and codecs already.

Its normalisations were folded into the convolutions; here each gets back what makes no difference on some of the tiles.
"""
import argparse
import os
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "plates"))
from network import PlateNetwork  # noqa: E402


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("onnx")
    options.add_argument("tiles")
    options.add_argument("checkpoint")
    options.add_argument("--keep-head", action="store_true", help="to go on with plates: what says where they are, too")
    chosen = options.parse_args()
    values = [numpy_helper.to_array(one) for one in onnx.load(chosen.onnx).graph.initializer]
    weights = [value for value in values if value.ndim == 4]
    biases = [value for value in values if value.ndim == 1 and len(value) not in (0, 4)]
    torch.manual_seed(1)
    network = PlateNetwork()
    convolutions = [module for module in network.modules() if isinstance(module, nn.Conv2d)]
    by_shape = [tuple(module.weight.shape) for module in convolutions]
    # In the order of the network: stem to head, as they were written.
    assert [tuple(weight.shape) for weight in weights] == by_shape, "another network"
    assert [len(bias) for bias in biases] == [shape[0] for shape in by_shape], "another network"
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    head = network.head

    def settle(bias):
        def hook(norm, inputs):
            values = inputs[0]
            mean, spread = values.mean((0, 2, 3)), values.var((0, 2, 3)) + 1e-5
            norm.running_mean[:], norm.running_var[:] = mean, spread
            norm.weight[:] = torch.sqrt(spread + norm.eps)
            norm.bias[:] = torch.from_numpy(bias.copy()) + mean
        return hook

    with torch.no_grad():
        for module, weight in zip(convolutions if chosen.keep_head else convolutions[:-1], weights):
            module.weight[:] = torch.from_numpy(weight.copy())
        convolutions[0].weight *= 255.0
        handles = [norm.register_forward_pre_hook(settle(bias)) for norm, bias in zip(norms, biases)]
        tiles = np.load(chosen.tiles, mmap_mode="r")[:32].astype(np.float32).transpose(0, 3, 1, 2) / 255
        network.eval()
        network(torch.from_numpy(np.ascontiguousarray(tiles)))
        for handle in handles:
            handle.remove()
        head.bias[:] = torch.from_numpy(biases[-1].copy()) if chosen.keep_head else torch.tensor([-4.5, 0.5, 0.6, 0.5, 0.6])
    torch.save({"network": network.state_dict(), "average": network.state_dict()}, chosen.checkpoint)


if __name__ == "__main__":
    main()
