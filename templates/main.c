
static const struct b2c_tool tool = {
//: each tool_fields
	$text$,
//: end
};

//: if is_run
/* The name of what follows, of each variant. */
#define RUN $stem$_run

int RUN(struct b2c_run *run)
{
	struct $tool$_bpf *skel = NULL;
	int err;

	err = b2c_take_variant(run, &tool);
//: else
int main(int argc, char **argv)
{
	struct $tool$_bpf *skel = NULL;
	struct b2c_run *run = NULL;
	int err;

	err = b2c_start(&tool, argc, argv, &run);
//: end
	if (err)
		goto out;
	skel = $tool$_bpf__open_opts(b2c_open_opts(run));
	if (!skel) {
		err = b2c_fail_open(run);
		goto out;
	}
//: if has_options
	skel->rodata->opt = opt;
//: end
//: each facts
	$call$
//: end
//: if has_facts
	skel->rodata->host = host;
//: end
//: each host_values
	$call$
//: end
//: each arguments
	$call$
//: end
//: each filter_maps
	$call$
//: end
//: each map_sizes
	$call$
//: end
	err = b2c_load(run, skel->obj);
	if (err)
		goto out;
//: each fills
	$call$
//: end
//: if watches
	b2c_watch_processes(run);
//: end
//: each outputs
	$call$
//: end
//: if prints_trace
	b2c_print_trace(run);
//: end
	err = b2c_trace(run);
out:
	$tool$_bpf__destroy(skel);
//: if is_run
	return err;
//: else
	return b2c_finish(run, err);
//: end
}
