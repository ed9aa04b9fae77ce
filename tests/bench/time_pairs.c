/* time_pairs PAIRS DIRECTORY INPUT A… -- B…
 *
 * Runs A and B in turn, PAIRS times, and prints for each pair what both took from the start to the end, in
 * nanoseconds. Each reads the file INPUT. Before each run, what DIRECTORY holds is removed, unless DIRECTORY
 * is "-". Small, because what starts a program pays for its own size. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void empty(const char *directory) {
    DIR *open = opendir(directory);
    if (!open)
        fail(directory);
    for (struct dirent *entry; (entry = readdir(open));)
        if (entry->d_name[0] != '.' && unlinkat(dirfd(open), entry->d_name, 0) != 0)
            fail(entry->d_name);
    closedir(open);
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long run(char **command, const char *input) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t child;
    int status;
    const long long start = now();
    if (posix_spawn(&child, command[0], &actions, NULL, command, environ) != 0)
        fail(command[0]);
    if (wait4(child, &status, 0, NULL) != child)
        fail("wait4");
    const long long taken = now() - start;
    posix_spawn_file_actions_destroy(&actions);
    if (status != 0) {
        fprintf(stderr, "%s ended with %d\n", command[0], status);
        exit(1);
    }
    return taken;
}

int main(int argc, char **argv) {
    int separator = 4;
    while (separator < argc && strcmp(argv[separator], "--") != 0)
        ++separator;
    if (argc < 7 || separator + 1 >= argc)
        return 2;
    argv[separator] = NULL;
    char **const commands[2] = {argv + 4, argv + separator + 1};
    const int pairs = atoi(argv[1]);
    for (int i = -2; i < pairs; ++i) { /* two to warm up */
        long long taken[2];
        for (int turn = 0; turn < 2; ++turn) {
            const int which = (turn + i) & 1;
            if (strcmp(argv[2], "-") != 0)
                empty(argv[2]);
            taken[which] = run(commands[which], argv[3]);
        }
        if (i >= 0)
            printf("%lld %lld\n", taken[0], taken[1]);
    }
    return 0;
}
