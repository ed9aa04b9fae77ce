#pragma once

#include "token-cache/failure.hpp"

#include <boost/system/result.hpp>

#include <stdexcept>

namespace azure_wi {

/// A value, or the failure that stands in its place.
template <class T>
using result = boost::system::result<T, failure>;

/// Called by result<T>::value() without a value: a defect of the caller, so the text tells no detail.
[[noreturn]] inline void throw_exception_from_error(const failure &, const boost::source_location &) {
    throw std::logic_error("azure_wi: a failed result was read as a value");
}

} // namespace azure_wi
