#include "helper/command_line.hpp"

#include <charconv>
#include <cstdlib>
#include <optional>

namespace azure_wi::helper {

namespace {

[[nodiscard]] std::optional<setting> setting_named(std::string_view option) {
    for (std::size_t i = 0; i < setting_count; ++i) {
        if (!option.empty() && setting_names[i].option == option)
            return static_cast<setting>(i);
    }
    return std::nullopt;
}

[[nodiscard]] std::string from_environment(const char *name) {
    const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): before any thread
    return value == nullptr ? "" : value;
}

/// One that takes a value: of the shared table, or the helper's own. What is wrong, or nothing.
[[nodiscard]] std::string take_value(command_line &read, std::string_view name, std::string_view value) {
    if (const std::optional<setting> which = setting_named(name)) {
        if (which == setting::org && value.empty()) // an unset shell variable must not open all organisations
            return "--org needs a name";
        if (setting_names[static_cast<std::size_t>(*which)].list)
            read.settings.add(*which, value);
        else
            read.settings.set(*which, value);
        return {};
    }
    if (name == "on-failure") {
        if (value != "quit" && value != "next")
            return "--on-failure takes quit or next";
        read.failing = value == "next" ? on_failure::next : on_failure::quit;
        return {};
    }
    if (name == "form") {
        const std::optional<answer_form> form = answer_form_named(value);
        read.form = form.value_or(answer_form::basic);
        return form ? "" : "--form takes the name of an answer";
    }
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), read.lock_fd);
    return fault == std::errc() && end == value.data() + value.size() ? "" : "--lock-fd takes a number";
}

[[nodiscard]] bool takes_value(std::string_view name) {
    return setting_named(name) || name == "on-failure" || name == "form" || name == "lock-fd";
}

/// `argument` begins with a dash. Advances `index` where the value is the next word.
void take_option(command_line &read, int argc, char **argv, int &index) {
    const std::string_view argument = argv[index];
    if (argument == "-v" || argument == "-vv") {
        read.verbosity += static_cast<int>(argument.size()) - 1;
        return;
    }
    if (argument == "-h" || argument == "--help") {
        read.verb = "help";
        return;
    }
    if (argument == "--version") {
        read.verb = "version";
        return;
    }
    const std::size_t equals = argument.find('=');
    const std::string_view name =
        argument.starts_with("--") ? argument.substr(0, equals).substr(2) : std::string_view();
    if (!takes_value(name)) {
        read.error = "unknown option";
        return;
    }
    if (equals != std::string_view::npos) {
        read.error = take_value(read, name, argument.substr(equals + 1));
    } else if (index + 1 < argc) {
        read.options.push_back(argv[++index]);
        read.error = take_value(read, name, argv[index]);
    } else {
        read.error = "--" + std::string(name) + " needs a value";
    }
}

void read_trace_variable(command_line &read) {
    const std::string value = from_environment("AZURE_WI_TRACE");
    if (value == "1" || value == "2") {
        read.verbosity = std::max(read.verbosity, value == "1" ? 1 : 2);
    } else if (value.starts_with('/')) {
        read.verbosity = 2;
        read.trace_file = value;
    }
}

} // namespace

command_line read_command_line(int argc, char **argv) {
    command_line read;
    for (int i = 1; i < argc && read.error.empty(); ++i) {
        const std::string_view argument = argv[i];
        if (argument.starts_with('-') && argument.size() > 1) {
            read.options.push_back(argv[i]);
            take_option(read, argc, argv, i);
        } else if (read.verb.empty()) {
            read.verb = argument;
        }
    }
    read.settings.fill_from_environment(&std::getenv);
    read_trace_variable(read);
    return read;
}

cache_places cache_places_of(const raw_settings &settings) {
    return {.given = settings.get(setting::cache_dir),
            .runtime_dir = from_environment("XDG_RUNTIME_DIR"),
            .cache_home = from_environment("XDG_CACHE_HOME"),
            .home = from_environment("HOME")};
}

} // namespace azure_wi::helper
