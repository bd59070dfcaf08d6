
static const struct b2c_tool tool = {
//: each tool_fields
	$text$,
//: end
};

int main(int argc, char **argv)
{
	struct b2c_run *run = NULL;
	int err;

	err = b2c_start(&tool, argc, argv, &run);
	if (err)
		goto out;
//: each ways
	$condition$
		err = $run_stem$_run(run);
//: end
out:
	return b2c_finish(run, err);
}
