/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * bcc's words for maps, in a form that Clang can parse: each declares a
 * variable in section "maps/KIND", with "$INNER" for maps of maps and ":PATH"
 * for pinned ones, whose members carry the key, the value, the size and every
 * method. Methods have no prototypes, so that map_method can report a wrong
 * call in the map's own words. Never part of emitted code.
 */
#define B2C_TABLE(_kind, _key, _leaf, _name, _size, _flags)                                        \
	struct _name##_table_t {                                                                   \
		_key key;                                                                          \
		_leaf leaf;                                                                        \
		_leaf *(*lookup)();                                                                \
		_leaf *(*lookup_or_init)();                                                        \
		_leaf *(*lookup_or_try_init)();                                                    \
		int (*update)();                                                                   \
		int (*insert)();                                                                   \
		int (*delete)();                                                                   \
		void (*increment)();                                                               \
		void (*atomic_increment)();                                                        \
		int (*get_stackid)();                                                              \
		int (*perf_submit)();                                                              \
		int (*perf_submit_skb)();                                                          \
		u64 (*perf_read)();                                                                \
		int (*perf_counter_value)();                                                       \
		int (*ringbuf_output)();                                                           \
		void *(*ringbuf_reserve)();                                                        \
		void (*ringbuf_submit)();                                                          \
		void (*ringbuf_discard)();                                                         \
		u64 (*ringbuf_query)();                                                            \
		void (*call)();                                                                    \
		int (*check_current_task)();                                                       \
		int (*push)();                                                                     \
		int (*pop)();                                                                      \
		int (*peek)();                                                                     \
		int (*redirect_map)();                                                             \
		int (*sock_map_update)();                                                          \
		int (*sock_hash_update)();                                                         \
		int (*msg_redirect_map)();                                                         \
		int (*msg_redirect_hash)();                                                        \
		int (*sk_redirect_map)();                                                          \
		int (*sk_redirect_hash)();                                                         \
		void *(*sk_storage_get)();                                                         \
		int (*sk_storage_delete)();                                                        \
		void *(*inode_storage_get)();                                                      \
		int (*inode_storage_delete)();                                                     \
		void *(*task_storage_get)();                                                       \
		int (*task_storage_delete)();                                                      \
		void *(*get_local_storage)();                                                      \
		char (*max_entries)[__builtin_choose_expr(                                         \
			__builtin_constant_p(_size), (_size) < 0 ? 0 : (_size), 0)];               \
		char (*flags)[(_flags) + 1];                                                       \
	};                                                                                         \
	__attribute__((section("maps/" _kind))) struct _name##_table_t _name = {0};

/* What has no size of its own. */
#define B2C_SIZELESS 1

#define B2C_PICK7(_1, _2, _3, _4, _5, _6, _7, pick, ...) pick
#define B2C_PICK4(_1, _2, _3, _4, pick, ...) pick
#define B2C_PICK3(_1, _2, _3, pick, ...) pick
#define B2C_PICK2(_1, _2, pick, ...) pick

#define BPF_F_TABLE(_kind, _key, _leaf, _name, _size, _flags)                                      \
	B2C_TABLE(_kind, _key, _leaf, _name, _size, _flags)
#define BPF_TABLE(_kind, _key, _leaf, _name, _size) B2C_TABLE(_kind, _key, _leaf, _name, _size, 0)

/* kind, key, value, name, size, path, flags = 0 */
#define B2C_PINNED6(_kind, _key, _leaf, _name, _size, _path)                                       \
	B2C_TABLE(_kind ":" _path, _key, _leaf, _name, _size, 0)
#define B2C_PINNED7(_kind, _key, _leaf, _name, _size, _path, _flags)                               \
	B2C_TABLE(_kind ":" _path, _key, _leaf, _name, _size, _flags)
#define BPF_TABLE_PINNED(...)                                                                      \
	B2C_PICK7(__VA_ARGS__, B2C_PINNED7, B2C_PINNED6, )(__VA_ARGS__)

/* Other programs of the process may use the map; a tool has no others. */
#define BPF_TABLE_PUBLIC(_kind, _key, _leaf, _name, _size)                                         \
	B2C_TABLE(_kind, _key, _leaf, _name, _size, 0)
#define BPF_TABLE_SHARED(_kind, _key, _leaf, _name, _size)                                         \
	B2C_TABLE(_kind, _key, _leaf, _name, _size, 0)

/* name, key = u64, value = u64, size = 10240 */
#define B2C_HASH1(_kind, _name) B2C_TABLE(_kind, u64, u64, _name, 10240, 0)
#define B2C_HASH2(_kind, _name, _key) B2C_TABLE(_kind, _key, u64, _name, 10240, 0)
#define B2C_HASH3(_kind, _name, _key, _leaf) B2C_TABLE(_kind, _key, _leaf, _name, 10240, 0)
#define B2C_HASH4(_kind, _name, _key, _leaf, _size) B2C_TABLE(_kind, _key, _leaf, _name, _size, 0)
#define B2C_HASH(_kind, ...)                                                                       \
	B2C_PICK4(__VA_ARGS__, B2C_HASH4, B2C_HASH3, B2C_HASH2, B2C_HASH1)(_kind, __VA_ARGS__)
#define BPF_HASH(...) B2C_HASH("hash", __VA_ARGS__)
#define BPF_PERCPU_HASH(...) B2C_HASH("percpu_hash", __VA_ARGS__)
#define BPF_LRU_HASH(...) B2C_HASH("lru_hash", __VA_ARGS__)
#define BPF_LRU_PERCPU_HASH(...) B2C_HASH("lru_percpu_hash", __VA_ARGS__)

/* The same; the kernel has no preallocated form of it. */
#define B2C_TRIE1(_name) B2C_TRIE4(_name, u64, u64, 10240)
#define B2C_TRIE2(_name, _key) B2C_TRIE4(_name, _key, u64, 10240)
#define B2C_TRIE3(_name, _key, _leaf) B2C_TRIE4(_name, _key, _leaf, 10240)
#define B2C_TRIE4(_name, _key, _leaf, _size)                                                       \
	B2C_TABLE("lpm_trie", _key, _leaf, _name, _size, BPF_F_NO_PREALLOC)
#define BPF_LPM_TRIE(...)                                                                          \
	B2C_PICK4(__VA_ARGS__, B2C_TRIE4, B2C_TRIE3, B2C_TRIE2, B2C_TRIE1)(__VA_ARGS__)

/* name, value = u64, size = 10240 */
#define B2C_ARRAY1(_kind, _name) B2C_TABLE(_kind, int, u64, _name, 10240, 0)
#define B2C_ARRAY2(_kind, _name, _leaf) B2C_TABLE(_kind, int, _leaf, _name, 10240, 0)
#define B2C_ARRAY3(_kind, _name, _leaf, _size) B2C_TABLE(_kind, int, _leaf, _name, _size, 0)
#define B2C_ARRAY(_kind, ...)                                                                      \
	B2C_PICK3(__VA_ARGS__, B2C_ARRAY3, B2C_ARRAY2, B2C_ARRAY1)(_kind, __VA_ARGS__)
#define BPF_ARRAY(...) B2C_ARRAY("array", __VA_ARGS__)
#define BPF_PERCPU_ARRAY(...) B2C_ARRAY("percpu_array", __VA_ARGS__)

/* name, key = int, size = 64; an array for a plain int key, else a hash */
#define B2C_HISTOGRAM1(_name) B2C_TABLE("histogram", int, u64, _name, 64, 0)
#define B2C_HISTOGRAM2(_name, _key) B2C_TABLE("histogram", _key, u64, _name, 64, 0)
#define B2C_HISTOGRAM3(_name, _key, _size) B2C_TABLE("histogram", _key, u64, _name, _size, 0)
#define BPF_HISTOGRAM(...)                                                                         \
	B2C_PICK3(__VA_ARGS__, B2C_HISTOGRAM3, B2C_HISTOGRAM2, B2C_HISTOGRAM1)(__VA_ARGS__)

/* name, entries = 10240, rounded up to a power of two */
#define B2C_STACK_TRACE1(_name) B2C_STACK_TRACE2(_name, 10240)
#define B2C_STACK_TRACE2(_name, _size)                                                             \
	B2C_TABLE("stacktrace", int, struct { u64 ip[127]; }, _name, _size, 0)
#define BPF_STACK_TRACE(...)                                                                       \
	B2C_PICK2(__VA_ARGS__, B2C_STACK_TRACE2, B2C_STACK_TRACE1)(__VA_ARGS__)
#define BPF_STACK_TRACE_BUILDID(_name, _size)                                                      \
	B2C_TABLE("stacktrace", int, struct { struct bpf_stack_build_id trace[127]; }, _name,      \
		  _size, BPF_F_STACK_BUILD_ID)

#define BPF_PERF_OUTPUT(_name) B2C_TABLE("perf_output", int, u32, _name, B2C_SIZELESS, 0)
/* Pages of 4096 bytes; the tool makes them pages of the host. */
#define BPF_RINGBUF_OUTPUT(_name, _pages) B2C_TABLE("ringbuf", int, u32, _name, (_pages) * 4096, 0)

/* kind, name, value, size, flags */
#define BPF_QUEUESTACK(_kind, _name, _leaf, _size, _flags)                                         \
	B2C_TABLE(_kind, u32, _leaf, _name, _size, _flags)
#define BPF_QUEUESTACK_PINNED(_kind, _name, _leaf, _size, _flags, _path)                           \
	B2C_TABLE(_kind ":" _path, u32, _leaf, _name, _size, _flags)
#define BPF_QUEUESTACK_PUBLIC(_kind, _name, _leaf, _size, _flags)                                  \
	B2C_TABLE(_kind, u32, _leaf, _name, _size, _flags)
#define BPF_QUEUESTACK_SHARED(_kind, _name, _leaf, _size, _flags)                                  \
	B2C_TABLE(_kind, u32, _leaf, _name, _size, _flags)
/* name, value, size, flags = 0 */
#define B2C_QUEUE3(_kind, _name, _leaf, _size) B2C_TABLE(_kind, u32, _leaf, _name, _size, 0)
#define B2C_QUEUE4(_kind, _name, _leaf, _size, _flags)                                             \
	B2C_TABLE(_kind, u32, _leaf, _name, _size, _flags)
#define B2C_QUEUE(_kind, ...) B2C_PICK4(__VA_ARGS__, B2C_QUEUE4, B2C_QUEUE3, , )(_kind, __VA_ARGS__)
#define BPF_QUEUE(...) B2C_QUEUE("queue", __VA_ARGS__)
#define BPF_STACK(...) B2C_QUEUE("stack", __VA_ARGS__)

/* Arrays that user space fills with file descriptors. */
#define BPF_PROG_ARRAY(_name, _size) B2C_TABLE("prog", u32, u32, _name, _size, 0)
#define BPF_PERF_ARRAY(_name, _size) B2C_TABLE("perf_array", u32, u32, _name, _size, 0)
#define BPF_CGROUP_ARRAY(_name, _size) B2C_TABLE("cgroup_array", u32, u32, _name, _size, 0)

/* The inner map is named by a string. */
#define BPF_ARRAY_OF_MAPS(_name, _inner, _size)                                                    \
	B2C_TABLE("array_of_maps$" _inner, u32, int, _name, _size, 0)
/* name, key = int, inner map, size = 10240 */
#define B2C_MAPS2(_name, _inner) B2C_MAPS4(_name, int, _inner, 10240)
#define B2C_MAPS3(_name, _key, _inner) B2C_MAPS4(_name, _key, _inner, 10240)
#define B2C_MAPS4(_name, _key, _inner, _size)                                                      \
	B2C_TABLE("hash_of_maps$" _inner, _key, int, _name, _size, 0)
#define BPF_HASH_OF_MAPS(...)                                                                      \
	B2C_PICK4(__VA_ARGS__, B2C_MAPS4, B2C_MAPS3, B2C_MAPS2, )(__VA_ARGS__)

#define BPF_DEVMAP(_name, _size) B2C_TABLE("devmap", u32, u32, _name, _size, 0)
#define BPF_CPUMAP(_name, _size) B2C_TABLE("cpumap", u32, u32, _name, _size, 0)
/* name, size, path = none */
#define B2C_XSKMAP2(_name, _size) B2C_TABLE("xskmap", u32, int, _name, _size, 0)
#define B2C_XSKMAP3(_name, _size, _path) B2C_TABLE("xskmap:" _path, u32, int, _name, _size, 0)
#define BPF_XSKMAP(...) B2C_PICK3(__VA_ARGS__, B2C_XSKMAP3, B2C_XSKMAP2, )(__VA_ARGS__)

#define BPF_SOCKMAP(_name, _size) B2C_TABLE("sockmap", u32, int, _name, _size, 0)
/* name, key = u32, size = 10240 */
#define B2C_SOCKHASH1(_name) B2C_SOCKHASH3(_name, u32, 10240)
#define B2C_SOCKHASH2(_name, _key) B2C_SOCKHASH3(_name, _key, 10240)
#define B2C_SOCKHASH3(_name, _key, _size) B2C_TABLE("sockhash", _key, int, _name, _size, 0)
#define BPF_SOCKHASH(...)                                                                          \
	B2C_PICK3(__VA_ARGS__, B2C_SOCKHASH3, B2C_SOCKHASH2, B2C_SOCKHASH1)(__VA_ARGS__)

/* One value for each socket, inode, task or cgroup and program. */
#define B2C_STORAGE(_kind, _name, _leaf)                                                           \
	B2C_TABLE(_kind, int, _leaf, _name, B2C_SIZELESS, BPF_F_NO_PREALLOC)
#define BPF_SK_STORAGE(_name, _leaf) B2C_STORAGE("sk_storage", _name, _leaf)
#define BPF_INODE_STORAGE(_name, _leaf) B2C_STORAGE("inode_storage", _name, _leaf)
#define BPF_TASK_STORAGE(_name, _leaf) B2C_STORAGE("task_storage", _name, _leaf)
#define B2C_CGROUP_STORAGE(_kind, _name, _leaf)                                                    \
	B2C_TABLE(_kind, struct bpf_cgroup_storage_key, _leaf, _name, B2C_SIZELESS, 0)
#define BPF_CGROUP_STORAGE(_name, _leaf) B2C_CGROUP_STORAGE("cgroup_storage", _name, _leaf)
#define BPF_PERCPU_CGROUP_STORAGE(_name, _leaf)                                                    \
	B2C_CGROUP_STORAGE("percpu_cgroup_storage", _name, _leaf)
