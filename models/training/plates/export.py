# SPDX-License-Identifier: GPL-3.0-or-later
"""Checkpoint to ONNX, normalisations folded into the convolutions, values 0 to 255 BGR taken as they come."""
import argparse

import onnx
import torch
from torch import nn

from network import PlateNetwork


def folded(module):
    """Convolution and normalisation made one."""
    for name, child in list(module.named_children()):
        folded(child)
        if isinstance(child, nn.Sequential) and len(child) == 3 and isinstance(child[1], nn.BatchNorm2d):
            setattr(module, name, nn.Sequential(nn.utils.fuse_conv_bn_eval(child[0], child[1]), nn.ReLU()))
    if isinstance(module, nn.Sequential):
        for index, child in enumerate(list(module)):
            if isinstance(child, nn.Sequential) and len(child) == 3 and isinstance(child[1], nn.BatchNorm2d):
                module[index] = nn.Sequential(nn.utils.fuse_conv_bn_eval(child[0], child[1]), nn.ReLU())


def load(path):
    network = PlateNetwork()
    network.load_state_dict(torch.load(path)["average"])
    network.eval()
    folded(network)
    with torch.no_grad():
        network.fine[0][0].weight /= 255.0
    return network


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("checkpoint")
    options.add_argument("onnx")
    chosen = options.parse_args()
    network = load(chosen.checkpoint)
    torch.onnx.export(network, torch.zeros(1, 3, 256, 320), chosen.onnx, input_names=["picture"], output_names=["cells"], opset_version=11,
                      dynamic_axes={"picture": {2: "height", 3: "width"}, "cells": {2: "rows", 3: "columns"}})
    model = onnx.load(chosen.onnx)
    for node in [node for node in model.graph.node if node.op_type == "Constant"]:  # the program reads constants from the list of weights
        value = node.attribute[0].t
        value.name = node.output[0]
        model.graph.initializer.append(value)
        model.graph.node.remove(node)
    onnx.checker.check_model(model)
    onnx.save(model, chosen.onnx)


if __name__ == "__main__":
    main()
