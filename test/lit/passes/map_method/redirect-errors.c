// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Redirections by the wrong sort of argument.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
BPF_DEVMAP(devices, 8);
BPF_CPUMAP(cpus, 8);
BPF_SOCKMAP(socks, 8);
BPF_SOCKHASH(hash);

int redirect(struct xdp_md *ctx)
{
	u32 key = 0;

	// CHECK: redirect-errors.c:[[@LINE+2]]:23: error: argument 1 of method 'redirect_map' has to be a number, not 'u32 *' [map-method-type]
	// CHECK: help: call it as 'devices.redirect_map(index, flags)'
	devices.redirect_map(&key, 0);
	// CHECK: redirect-errors.c:[[@LINE+2]]:9: error: method 'redirect_map' takes 2 arguments, not 1 [map-method-arity]
	// CHECK: help: call it as 'cpus.redirect_map(index, flags)'
	return cpus.redirect_map(key);
}

int note(struct bpf_sock_ops *ops)
{
	u32 key = 0;

	// CHECK: redirect-errors.c:[[@LINE+2]]:29: error: argument 2 of method 'sock_map_update' has to be an address, not 'u32' [map-method-type]
	// CHECK: help: call it as 'socks.sock_map_update(ctx, &key, flags)'
	socks.sock_map_update(ops, key, 0);
	// CHECK: redirect-errors.c:[[@LINE+2]]:9: error: method 'sock_hash_update' takes 3 arguments, not 2 [map-method-arity]
	// CHECK: help: call it as 'hash.sock_hash_update(ctx, &key, flags)'
	return hash.sock_hash_update(&key, 0);
}

int message(struct sk_msg_md *msg)
{
	u32 key = 0;

	// CHECK: redirect-errors.c:[[@LINE+2]]:30: error: argument 2 of method 'msg_redirect_hash' has to be an address, not 'u32' [map-method-type]
	// CHECK: help: call it as 'hash.msg_redirect_hash(ctx, &key, flags)'
	hash.msg_redirect_hash(msg, key, 0);
	// CHECK: redirect-errors.c:[[@LINE+2]]:37: error: argument 2 of method 'msg_redirect_map' has to be a number, not 'u32 *' [map-method-type]
	// CHECK: help: call it as 'socks.msg_redirect_map(ctx, index, flags)'
	return socks.msg_redirect_map(msg, &key, 0);
}

int packet(struct __sk_buff *skb)
{
	u32 key = 0;

	// CHECK: redirect-errors.c:[[@LINE+2]]:24: error: argument 1 of method 'sk_redirect_hash' has to be an address, not 'u32' [map-method-type]
	// CHECK: help: call it as 'hash.sk_redirect_hash(ctx, &key, flags)'
	hash.sk_redirect_hash(key, skb, 0);
	// CHECK: redirect-errors.c:[[@LINE+2]]:39: error: argument 3 of method 'sk_redirect_map' has to be a number, not 'u32 *' [map-method-type]
	// CHECK: help: call it as 'socks.sk_redirect_map(ctx, index, flags)'
	return socks.sk_redirect_map(skb, 0, &key);
}
