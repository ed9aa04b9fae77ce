#pragma once

#include "token-cache/clock.hpp"
#include "token-cache/store/cache_store.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace azure_wi::tests {

// A cache_store in memory, locks included. It keeps what a directory would keep, and time passes only by its
// clock: whoever waits for a lock that is held moves that clock.
class memory_store final : public cache_store {
    struct lock_file {
        bool held = false;
        std::optional<instant> deadline;
    };

    struct contents {
        std::mutex mutex;
        std::map<std::string, std::string> entries;
        std::map<std::string, lock_file> locks;
        std::deque<std::function<void()>> meanwhile;
    };

    class lock final : public flight_lock {
    public:
        lock(std::shared_ptr<contents> in, std::string name, clock &time)
            : in_(std::move(in)), name_(std::move(name)), time_(time) {}
        ~lock() override { release(); }

        outcome acquire(instant until) override {
            for (;;) {
                std::function<void()> next;
                {
                    const std::lock_guard guard(in_->mutex);
                    lock_file &file = in_->locks[name_];
                    if (!file.held) {
                        file.held = held_ = true;
                        return outcome::acquired;
                    }
                    if (time_.now() >= until)
                        return outcome::busy;
                    if (!in_->meanwhile.empty()) {
                        next = std::move(in_->meanwhile.front());
                        in_->meanwhile.pop_front();
                    }
                }
                if (next)
                    next();
                else
                    time_.sleep_for(std::chrono::ceil<std::chrono::milliseconds>(until - time_.now()));
            }
        }

        std::optional<instant> holder_deadline() const override {
            const std::lock_guard guard(in_->mutex);
            return in_->locks[name_].deadline;
        }

        void set_deadline(instant deadline) override {
            const std::lock_guard guard(in_->mutex);
            in_->locks[name_].deadline = deadline;
        }

        void release() override {
            if (!std::exchange(held_, false))
                return;
            const std::lock_guard guard(in_->mutex);
            in_->locks[name_] = {};
        }

        int hand_over() override { return -1; }

    private:
        std::shared_ptr<contents> in_;
        std::string name_;
        clock &time_;
        bool held_ = false;
    };

public:
    explicit memory_store(clock &time) : time_(time) {}

    // As on a file system that gives no locks.
    void refuse_locks() { gives_locks_ = false; }
    // As in a directory that cannot be written to.
    void refuse_writes() { takes_writes_ = false; }

    // What somebody else does while we wait for a lock: one action for each wait, then waits just pass.
    void meanwhile(std::function<void()> action) { in_->meanwhile.push_back(std::move(action)); }

    bool is_locked(const std::string &name) const {
        const std::lock_guard guard(in_->mutex);
        const auto found = in_->locks.find(name);
        return found != in_->locks.end() && found->second.held;
    }

    // The names of what is kept, locks not among them.
    std::vector<std::string> names() const {
        const std::lock_guard guard(in_->mutex);
        std::vector<std::string> all;
        for (const auto &[name, bytes] : in_->entries)
            all.push_back(name);
        return all;
    }

    std::optional<secret> load(const std::string &name) const override {
        const std::lock_guard guard(in_->mutex);
        const auto found = in_->entries.find(name);
        if (found == in_->entries.end())
            return std::nullopt;
        return secret::copy_of(found->second);
    }

    bool save(const std::string &name, const secret &bytes) override {
        const std::lock_guard guard(in_->mutex);
        if (takes_writes_)
            in_->entries[name] = bytes.reveal();
        return takes_writes_;
    }

    void remove(const std::string &name) override {
        const std::lock_guard guard(in_->mutex);
        if (takes_writes_)
            in_->entries.erase(name);
    }

    std::unique_ptr<flight_lock> open_lock(const std::string &name) override {
        return gives_locks_ ? std::make_unique<lock>(in_, name, time_) : nullptr;
    }

private:
    clock &time_;
    // Shared, for a lock may outlive the store that it came from.
    std::shared_ptr<contents> in_ = std::make_shared<contents>();
    bool gives_locks_ = true;
    bool takes_writes_ = true;
};

} // namespace azure_wi::tests
