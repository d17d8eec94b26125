# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -C .cmake/sanitize.cmake -B build-sanitize: the tests, with AddressSanitizer and UndefinedBehaviorSanitizer.
set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O1 -g" CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g" CACHE STRING "")
set(DOSSIER_SANITIZE ON CACHE BOOL "")
set(DOSSIER_TESTS ON CACHE BOOL "")
