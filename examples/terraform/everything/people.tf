resource "aws_iam_account_alias" "this" {
  account_alias = ["my-sojourn", "our-sojourn", "our-sojourn"][local.at]
}

# The provider renames before it looks at members and policies, and then asks for the old name: so this
# group has neither.
resource "aws_iam_group" "renamed" {
  name = ["guests", "Guests-2", "guests"][local.at]
  path = ["/", "/staff/", "/"][local.at]
}

resource "aws_iam_group" "operators" {
  name = "operators"
}

resource "aws_iam_group" "readers" {
  name = "readers"
}

resource "aws_iam_group_policy" "look" {
  group  = aws_iam_group.readers.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_group_policy_attachment" "read_only" {
  group      = aws_iam_group.readers.name
  policy_arn = data.aws_iam_policy.read_only.arn
}

resource "aws_iam_user" "operator" {
  name                 = "operator"
  path                 = ["/", "/staff/", "/"][local.at]
  permissions_boundary = [null, aws_iam_policy.boundary.arn, null][local.at]
  tags                 = [{ team = "build" }, { team = "release" }, {}][local.at]
}

resource "aws_iam_user_policy" "enter" {
  name = "enter"
  user = aws_iam_user.operator.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "*" }]
  })
}

resource "aws_iam_user_policy_attachment" "read_only" {
  user       = aws_iam_user.operator.name
  policy_arn = data.aws_iam_policy.read_only.arn
}

resource "aws_iam_access_key" "operator" {
  user   = aws_iam_user.operator.name
  status = ["Active", "Inactive", "Active"][local.at]
}

resource "aws_iam_user_group_membership" "operator" {
  user   = aws_iam_user.operator.name
  groups = [[aws_iam_group.operators.name], [aws_iam_group.operators.name, aws_iam_group.readers.name], [aws_iam_group.readers.name]][local.at]
}

data "aws_iam_user" "operator" {
  user_name = aws_iam_user.operator.name
}

data "aws_iam_access_keys" "operator" {
  depends_on = [aws_iam_access_key.operator]
  user       = aws_iam_user.operator.name
}

data "aws_iam_group" "readers" {
  depends_on = [aws_iam_user_group_membership.operator]
  group_name = aws_iam_group.readers.name
}

output "key_status" {
  value = one(data.aws_iam_access_keys.operator.access_keys[*].status)
}

output "readers" {
  value = data.aws_iam_group.readers.users[*].user_name
}
