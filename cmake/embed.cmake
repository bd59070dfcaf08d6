# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
# embed_files(TARGET TABLE PREFIX BASE FILE...): compiles FILEs into TARGET as the
# table b2c_TABLE of translator/embedded.h. A file's name in it is PREFIX and its
# path below BASE.
function(embed_files target table prefix base)
	set(pairs "")
	foreach(file IN LISTS ARGN)
		file(RELATIVE_PATH name "${base}" "${file}")
		list(APPEND pairs "${prefix}${name}=${file}")
	endforeach()
	set(output "${CMAKE_CURRENT_BINARY_DIR}/${table}.c")
	add_custom_command(
		OUTPUT "${output}"
		COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/cmake/embed.py"
			"${output}" "${table}" ${pairs}
		DEPENDS "${PROJECT_SOURCE_DIR}/cmake/embed.py" ${ARGN}
		COMMENT "Embedding ${table}"
		VERBATIM)
	target_sources(${target} PRIVATE "${output}")
	set_source_files_properties("${output}" PROPERTIES COMPILE_OPTIONS "-Wno-overlength-strings")
endfunction()
