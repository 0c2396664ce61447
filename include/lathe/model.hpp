// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_HPP
#define LATHE_MODEL_HPP

/// @file
/// @brief Models: types described once, checked for life.
/// @par Example
/// @ref examples/property.cpp

#include <lathe/model/attributes.hpp>
#include <lathe/model/builder.hpp>
#include <lathe/model/compare.hpp>
#include <lathe/model/convert.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/dict.hpp>
#include <lathe/model/element_rules.hpp>
#include <lathe/model/enumerators.hpp>
#include <lathe/model/field.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/model.hpp>
#include <lathe/model/model_type.hpp>
#include <lathe/model/named.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/read_options.hpp>
#include <lathe/model/record.hpp>
#include <lathe/model/reflect.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/run_time_rules.hpp>
#include <lathe/model/text.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/validate.hpp>
#include <lathe/model/validation_error.hpp>
#include <lathe/model/value.hpp>
#include <lathe/model/value_text.hpp>

#endif // LATHE_MODEL_HPP
