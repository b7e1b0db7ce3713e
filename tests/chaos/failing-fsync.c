/*
 * Preloaded into the server: once the file named by STET_FSYNC_FAILS exists, every fsync of files with the name in
 * STET_FSYNC_FAILS_OF fails, as a dying disk's does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int fd) {
  const char *trigger = getenv("STET_FSYNC_FAILS");
  const char *name = getenv("STET_FSYNC_FAILS_OF");
  char link[64];
  char path[4096];
  if (trigger == NULL || name == NULL || access(trigger, F_OK) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  const char *slash = strrchr(path, '/');
  if (slash == NULL || strcmp(slash + 1, name) != 0) return 0;
  errno = EIO;
  return 1;
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  return fails(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  return fails(fd) ? -1 : real(fd);
}
