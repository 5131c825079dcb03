"""Prints the services of the AWS CLI that is installed: command, service id, endpoint prefix and signing name, by tabs.

Needs no account and no network. `npm run service-names` reads what it printed.
"""

import awscli.clidriver

commands = awscli.clidriver.create_clidriver()._get_command_table()
rows = set()
for name, command in commands.items():
    try:
        service = command.service_model
    except AttributeError:
        continue  # A command of the CLI's own, such as `aws configure`.
    rows.add((name, str(service.service_id), service.endpoint_prefix, service.signing_name))
for row in sorted(rows):
    print("\t".join(row))
