# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -C .cmake/release.cmake -B build: what users run.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
