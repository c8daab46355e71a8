"""The tour: eight segments, parted by a long thermometer on which each leaves a mark."""
