# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -C .cmake/fuzz.cmake -B build-fuzz: the fuzz targets, with clang, libFuzzer and the sanitizers.
set(CMAKE_C_COMPILER clang CACHE STRING "")
set(CMAKE_CXX_COMPILER clang++ CACHE STRING "")
set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O1 -g" CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g" CACHE STRING "")
set(DOSSIER_SANITIZE ON CACHE BOOL "")
set(DOSSIER_FUZZ ON CACHE BOOL "")
