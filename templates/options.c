//: if starts
//: if has_options

//: if defaults
$opt_static$struct $tool$_options opt = {
//: each defaults
	$text$,
//: end
};
//: else
$opt_static$struct $tool$_options opt;
//: end
//: each choices

static const char *const $name$_choices[] = { $words$NULL };
//: end

static const struct b2c_option options[] = {
//: each options
	$braces$,
//: end
};
//: end
//: end
//: if runs_programs
//: if has_facts

static struct $tool$_host host;
//: end
//: end
